// One line for one event, on standard error.
//
//   text:  2026-05-01T12:00:00.123Z info    endpoint-joined room=quiet-otter endpoints=3
//   json:
//   {"time":"2026-05-01T12:00:00.123Z","level":"info","event":"endpoint-joined","room":"quiet-otter","endpoints":"3"}
//
// IP addresses are written only when the level is debug.
#pragma once

#include <memory>
#include <string>

#include "bridge/log_event.h"
#include "net/config.h"

namespace spdlog {
class logger;
}

namespace sotto::bridge {

class Log {
 public:
  Log(LogFormat format, LogThreshold threshold);
  ~Log();
  void write(const LogEvent& event);

 private:
  LogFormat format_;
  bool addresses_;
  std::unique_ptr<spdlog::logger> logger_;
};

// The line without time and level. What a peer chose cannot forge a line or a field: quotes and
// control characters are escaped.
std::string text_fields(const LogEvent& event, bool addresses);
std::string json_fields(const LogEvent& event, bool addresses);

}  // namespace sotto::bridge
