#include "ops/log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <boost/json/value.hpp>

namespace sotto::bridge {
namespace {

spdlog::level::level_enum level_of(LogThreshold threshold) {
  switch (threshold) {
    case LogThreshold::kDebug:
      return spdlog::level::debug;
    case LogThreshold::kInfo:
      return spdlog::level::info;
    case LogThreshold::kWarning:
      return spdlog::level::warn;
    case LogThreshold::kError:
      return spdlog::level::err;
  }
  return spdlog::level::info;
}

spdlog::level::level_enum level_of(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarning:
      return spdlog::level::warn;
  }
  return spdlog::level::info;
}

std::string quoted(std::string_view text) {
  return boost::json::serialize(boost::json::string(text.data(), text.size()));
}

bool is_plain(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char letter) {
    return letter > ' ' && letter < 127 && letter != '"' && letter != '\\' && letter != '=';
  });
}

}  // namespace

std::string text_fields(const LogEvent& event, bool addresses) {
  std::string out(event.name);
  auto append = [&out](std::string_view name, std::string_view value) {
    out += " " + std::string(name) + "=" + (is_plain(value) ? std::string(value) : quoted(value));
  };
  for (const auto& [name, value] : event.fields) append(name, value);
  if (addresses && !event.debug_address.empty()) append("address", event.debug_address);
  return out;
}

std::string json_fields(const LogEvent& event, bool addresses) {
  std::string out = "\"event\":" + quoted(event.name);
  auto append = [&out](std::string_view name, std::string_view value) {
    out += "," + quoted(name) + ":" + quoted(value);
  };
  for (const auto& [name, value] : event.fields) append(name, value);
  if (addresses && !event.debug_address.empty()) append("address", event.debug_address);
  return out;
}

Log::Log(LogFormat format, LogThreshold threshold)
    : format_(format),
      addresses_(threshold == LogThreshold::kDebug),
      logger_(std::make_unique<spdlog::logger>("sotto",
                                               std::make_shared<spdlog::sinks::stderr_sink_st>())) {
  logger_->set_level(level_of(threshold));
  logger_->set_pattern(format == LogFormat::kJson
                           ? "{\"time\":\"%Y-%m-%dT%H:%M:%S.%eZ\",\"level\":\"%l\",%v}"
                           : "%Y-%m-%dT%H:%M:%S.%eZ %-7l %v",
                       spdlog::pattern_time_type::utc);
}

Log::~Log() = default;

void Log::write(const LogEvent& event) {
  auto level = level_of(event.level);
  if (!logger_->should_log(level)) return;
  std::string line =
      format_ == LogFormat::kJson ? json_fields(event, addresses_) : text_fields(event, addresses_);
  logger_->log(level, "{}", line);
}

}  // namespace sotto::bridge
