#include "ops/help.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "ops/option_table.h"

namespace sotto::bridge {
namespace {

using testing::HasSubstr;

TEST(Help, EveryOptionIsThereAndNoLineIsTooLongForATerminal) {
  std::string help = help_text();
  for (const Option& option : option_table()) {
    EXPECT_THAT(help, HasSubstr("  --" + std::string(option.name) + " "));
  }
  std::istringstream lines(help);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 96u) << line;
}

TEST(Help, DocumentedOptionsAreTheProgramsOwn) {
  std::ifstream in(SOTTO_SOURCE_DIR "/docs/configuration.md");
  std::string page(std::istreambuf_iterator<char>(in), {});
  EXPECT_THAT(page, HasSubstr(options_markdown()))
      << "docs/configuration.md is old: put the output of `sotto-bridge --help-markdown` into it";
}

TEST(Help, StatedDefaultsAreTheRealOnes) {
  // What the table tells as a default must be what its own parser makes of the default.
  const Config defaults;
  for (const Option& option : option_table()) {
    Config config;
    if (option.repeatable || option.fallback.find_first_of(": ") != option.fallback.npos ||
        option.fallback == "none") {
      continue;
    }
    EXPECT_FALSE(option.set(config, option.fallback)) << option.name;
    EXPECT_EQ(config.port, defaults.port);
    EXPECT_EQ(config.media_port, defaults.media_port);
    EXPECT_EQ(config.ice_tcp, defaults.ice_tcp);
    EXPECT_EQ(config.limits.sockets, defaults.limits.sockets);
    EXPECT_EQ(config.limits.rooms, defaults.limits.rooms);
    EXPECT_EQ(config.limits.endpoints, defaults.limits.endpoints);
    EXPECT_EQ(config.limits.endpoints_per_room, defaults.limits.endpoints_per_room);
    EXPECT_EQ(config.limits.seats, defaults.limits.seats);
    EXPECT_EQ(config.limits.message_bytes, defaults.limits.message_bytes);
    EXPECT_EQ(config.limits.messages_per_second, defaults.limits.messages_per_second);
    EXPECT_EQ(config.limits.token_checks_per_second, defaults.limits.token_checks_per_second);
    EXPECT_EQ(config.token_leeway, defaults.token_leeway) << option.name;
    EXPECT_EQ(config.limits.delivery, defaults.limits.delivery) << option.name;
    EXPECT_EQ(config.join_timeout, defaults.join_timeout) << option.name;
    EXPECT_EQ(config.resume_window, defaults.resume_window) << option.name;
    EXPECT_EQ(config.ping_interval, defaults.ping_interval) << option.name;
    EXPECT_EQ(config.ping_timeout, defaults.ping_timeout) << option.name;
    EXPECT_EQ(config.log_level, defaults.log_level);
    EXPECT_EQ(config.log_format, defaults.log_format);
  }
}

TEST(Help, EnvironmentNamesFollowTheFlags) {
  EXPECT_EQ(environment_name("public-address"), "SOTTO_PUBLIC_ADDRESS");
}

}  // namespace
}  // namespace sotto::bridge
