#include "ops/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

namespace sotto::bridge {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

LogEvent event() {
  LogEvent out;
  out.name = "endpoint-joined";
  out.fields = {{"room", "quiet-otter"}, {"why", "said \"hi\"\nlevel=error"}};
  out.debug_address = "198.51.100.7";
  return out;
}

TEST(Log, EventIsOneLineThatForeignTextCannotForge) {
  std::string line = text_fields(event(), false);
  EXPECT_THAT(line,
              StartsWith("endpoint-joined room=quiet-otter why=\"said \\\"hi\\\"\\nlevel=error\""));
  EXPECT_EQ(line.find('\n'), line.npos);
}

TEST(Log, JsonLineIsJsonWhateverAFieldHolds) {
  auto parsed = boost::json::parse("{" + json_fields(event(), false) + "}");
  EXPECT_EQ(parsed.at("event").as_string(), "endpoint-joined");
  EXPECT_EQ(parsed.at("why").as_string(), "said \"hi\"\nlevel=error");
}

TEST(Log, AddressesAreLeftOutUnlessDebugIsWanted) {
  EXPECT_THAT(text_fields(event(), false), Not(HasSubstr("198.51")));
  EXPECT_THAT(json_fields(event(), false), Not(HasSubstr("198.51")));
  EXPECT_THAT(text_fields(event(), true), HasSubstr("address=198.51.100.7"));
}

std::string written(LogFormat format, LogThreshold threshold) {
  testing::internal::CaptureStderr();
  Log log(format, threshold);
  for (LogLevel level : {LogLevel::kDebug, LogLevel::kInfo, LogLevel::kWarning}) {
    LogEvent out = event();
    out.level = level;
    log.write(out);
  }
  return testing::internal::GetCapturedStderr();
}

TEST(Log, ThresholdHidesLowerEventsAndAddresses) {
  std::string info = written(LogFormat::kText, LogThreshold::kInfo);
  EXPECT_EQ(std::count(info.begin(), info.end(), '\n'), 2);
  EXPECT_THAT(info, Not(HasSubstr("198.51")));
  std::string debug = written(LogFormat::kText, LogThreshold::kDebug);
  EXPECT_EQ(std::count(debug.begin(), debug.end(), '\n'), 3);
  EXPECT_THAT(debug, HasSubstr("198.51"));
  EXPECT_EQ(written(LogFormat::kText, LogThreshold::kError), "");
}

TEST(Log, JsonLinesHaveTimeAndLevel) {
  std::string out = written(LogFormat::kJson, LogThreshold::kWarning);
  auto parsed = boost::json::parse(out.substr(0, out.find('\n')));
  EXPECT_EQ(parsed.at("level").as_string(), "warning");
  EXPECT_EQ(parsed.at("time").as_string().size(), 24u);
}

}  // namespace
}  // namespace sotto::bridge
