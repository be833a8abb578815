// What waits for the shell: texts for sockets and events for the log.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "bridge/bridge.h"
#include "bridge/log_event.h"

namespace sotto::bridge {

class Outbox {
 public:
  // A shell that does not read its log loses the newest events, and nothing else.
  static constexpr std::size_t kMaxLogEvents = 1024;

  void send(SocketId socket, std::string text);
  void send(SocketId socket, std::shared_ptr<const std::string> binary);
  // `text` may be empty.
  void close(SocketId socket, std::string text, std::uint16_t code, std::string reason);
  void log(LogEvent event);

  std::optional<Bridge::Outgoing> poll_message();
  std::optional<LogEvent> poll_log();
  std::uint64_t sent() const { return sent_; }

 private:
  std::deque<Bridge::Outgoing> messages_;
  std::deque<LogEvent> log_;
  std::uint64_t sent_ = 0;
};

}  // namespace sotto::bridge
