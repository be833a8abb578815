// One thing worth a line in a log, with fields instead of prose. Never carries a secret, a resume
// token, a state or an SDP. An IP address is personal data: it is apart from the fields, for debug
// logs only, and a shell that is not told to debug leaves it out.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sotto::bridge {

enum class LogLevel { kDebug, kInfo, kWarning };

struct LogEvent {
  LogLevel level = LogLevel::kInfo;
  std::string_view name;  // a literal, e.g. "endpoint-joined"
  std::vector<std::pair<std::string_view, std::string>> fields;
  std::string debug_address;  // empty, or an IP address
};

}  // namespace sotto::bridge
