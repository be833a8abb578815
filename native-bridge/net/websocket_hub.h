// All open WebSockets by number. What comes goes to a SignalingHandler; what is to be sent is
// queued per socket, within bounds.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "bridge/bridge.h"

namespace sotto::bridge {

// Called from the sockets' own events, never from within a call of the hub.
class SignalingHandler {
 public:
  virtual ~SignalingHandler() = default;
  virtual void on_open(SocketId socket, std::string_view remote_ip) = 0;
  virtual void on_message(SocketId socket, std::string_view text) = 0;
  virtual void on_binary(SocketId socket, ByteView frame) = 0;
  virtual void on_oversized(SocketId socket) = 0;
  virtual void on_closed(SocketId socket) = 0;
};

struct WebSocketLimits {
  std::size_t sockets = 20000;
  std::size_t message_bytes = 256 * 1024;  // of a text
  std::size_t binary_bytes = 1100 * 1024;
  // A snapshot of a room of 500 with all their states is about 5 MiB.
  std::size_t waiting_bytes = 8u << 20;
  // Of all sockets together. Beyond, whoever leaves more than a little unread is closed: thousands
  // that do not read would otherwise take the machine's memory, each within its own bound.
  std::size_t waiting_bytes_of_all = 1u << 30;
  // The same for messages of which a part has come.
  std::size_t unfinished_bytes_of_all = 1u << 30;
  std::size_t little_bytes = 64u << 10;
  std::chrono::microseconds ping_interval{10'000'000};
  std::chrono::microseconds ping_timeout{30'000'000};
  std::chrono::milliseconds close_timeout{2000};
};

// One frame for many sockets.
using SharedBinary = std::shared_ptr<const std::string>;

// A receiver that does not keep up.
inline constexpr std::uint16_t kTooSlowClose = 4010;

// One open socket, whatever lies below it.
class WebSocketSession {
 public:
  virtual ~WebSocketSession() = default;
  virtual void send(std::string text) = 0;
  virtual void send(SharedBinary frame) = 0;
  // After what is queued.
  virtual void close(std::uint16_t code, std::string reason) = 0;
};

class WebSocketHub {
 public:
  WebSocketHub(WebSocketLimits limits, SignalingHandler& handler)
      : limits_(limits), handler_(handler) {}

  SocketId add(std::shared_ptr<WebSocketSession> session);
  void remove(SocketId socket);

  // Ignored when the socket is gone.
  void send(SocketId socket, std::string text);
  void send(SocketId socket, SharedBinary frame);
  void close(SocketId socket, std::uint16_t code, std::string reason);

  // What a session has queued or, negative, sent or given up.
  void count_waiting(std::ptrdiff_t bytes) { waiting_ += static_cast<std::size_t>(bytes); }
  bool crowded() const { return waiting_ > limits_.waiting_bytes_of_all; }
  bool may_wait(std::size_t bytes) const {
    return bytes <= (crowded() ? limits_.little_bytes : limits_.waiting_bytes);
  }
  // Of messages that have come in part.
  void count_unfinished(std::ptrdiff_t bytes) { unfinished_ += static_cast<std::size_t>(bytes); }
  bool may_go_on(std::size_t bytes) const {
    return bytes <= limits_.little_bytes || unfinished_ <= limits_.unfinished_bytes_of_all;
  }

  bool full() const { return sessions_.size() >= limits_.sockets; }
  std::size_t size() const { return sessions_.size(); }
  const WebSocketLimits& limits() const { return limits_; }
  SignalingHandler& handler() { return handler_; }

 private:
  WebSocketLimits limits_;
  SignalingHandler& handler_;
  SocketId last_ = 0;
  std::size_t waiting_ = 0;     // bytes, of all sessions
  std::size_t unfinished_ = 0;  // the same
  std::unordered_map<SocketId, std::shared_ptr<WebSocketSession>> sessions_;
};

}  // namespace sotto::bridge
