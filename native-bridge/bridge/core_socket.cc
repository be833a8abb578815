#include <utility>

#include "bridge/core.h"

namespace sotto::bridge {
namespace {

using signaling::ErrorCode;
using signaling::MessageError;

// What goes to everybody costs the sender more, the fuller the room is.
constexpr double kHearersPerToken = 50;

}  // namespace

MessageError Bridge::Core::too_many() {
  return {ErrorCode::kRateLimited, "", "too many messages; this one was not acted on"};
}

Socket* Bridge::Core::find_socket(SocketId id) const {
  const auto found = sockets_.find(id);
  return found == sockets_.end() ? nullptr : found->second.get();
}

void Bridge::Core::handle_open(Time now, SocketId id, std::string_view remote_ip) {
  if (sockets_.size() >= config_.limits.sockets || counters_.draining) {
    const MessageError full{ErrorCode::kRoomFull, "", "the bridge takes no more connections"};
    outbox.close(id, text_of(std::nullopt, full), *close_code(full.code), "room-full");
    return;
  }
  auto socket = std::make_unique<Socket>(id, remote_ip, config_.limits, timers, now);
  socket->join_timer.set(now + config_.join_timeout);
  sockets_.insert_or_assign(id, std::move(socket));
  outbox.log({LogLevel::kDebug,
              "socket-opened",
              {{"socket", std::to_string(id)}},
              std::string(remote_ip)});
}

void Bridge::Core::handle_message(Time now, SocketId id, std::string_view text) {
  Socket* socket = find_socket(id);
  if (!socket) return;
  if (text.size() > config_.limits.message_bytes) return handle_oversized(now, id);
  ++counters_.messages_in;
  if (!socket->messages.take(now)) return refuse(now, *socket, std::nullopt, too_many());
  const auto parsed = signaling::parse_message(text, config_.limits.state_chars);
  if (const Refusal refusal = act(now, *socket, parsed)) refuse(now, *socket, parsed.id, *refusal);
}

Bridge::Core::Refusal Bridge::Core::act(Time now, Socket& socket,
                                        const signaling::ParsedMessage& parsed) {
  if (!socket.endpoint && !parsed.allowed_before_join) {
    const MessageError* error = parsed.error();
    const bool unreadable =
        error && (error->code == ErrorCode::kBadJson || error->code == ErrorCode::kUnknownType);
    if (!unreadable) return MessageError{ErrorCode::kNotJoined, "", "`join` comes first"};
  }
  if (const MessageError* error = parsed.error()) return *error;
  if (!afford(now, socket, *parsed.message())) return too_many();
  return std::visit([&](const auto& message) { return on(now, socket, parsed.id, message); },
                    *parsed.message());
}

bool Bridge::Core::afford(Time now, Socket& socket, const signaling::ClientMessage& message) {
  const bool heard_by_all = std::holds_alternative<signaling::SetState>(message) ||
                            std::holds_alternative<signaling::Publish>(message) ||
                            std::holds_alternative<signaling::Pause>(message);
  if (!heard_by_all || !socket.endpoint) return true;
  const auto hearers = static_cast<double>(socket.endpoint->room.endpoints.size());
  return socket.messages.take(now, hearers / kHearersPerToken);
}

void Bridge::Core::refuse(Time now, Socket& socket, const MessageId& id,
                          const MessageError& error) {
  std::string text = text_of(id, error);
  if (error.code == ErrorCode::kRateLimited) {
    ++counters_.messages_refused;
    if (!socket.refusals.take(now)) {
      return close_socket(now, socket, std::move(text), signaling::kRateLimitedClose,
                          "rate-limited");
    }
  }
  if (const auto code = close_code(error.code)) {
    return close_socket(now, socket, std::move(text), *code, std::string(name(error.code)));
  }
  outbox.send(socket.id, std::move(text));
}

void Bridge::Core::handle_oversized(Time now, SocketId id) {
  Socket* socket = find_socket(id);
  if (!socket) return;
  refuse(
      now, *socket, std::nullopt,
      {ErrorCode::kTooLarge, "",
       "at most " + std::to_string(config_.limits.message_bytes) + " bytes a text, " +
           std::to_string(config_.limits.delivery.frame_bytes(config_.limits.endpoints_per_room)) +
           " a binary frame"});
}

void Bridge::Core::handle_close(Time now, SocketId id) {
  if (Socket* socket = find_socket(id)) forget_socket(now, *socket);
}

void Bridge::Core::close_socket(Time now, Socket& socket, std::string text, std::uint16_t code,
                                std::string reason) {
  outbox.log({LogLevel::kDebug,
              "socket-closed",
              {{"socket", std::to_string(socket.id)}, {"code", std::to_string(code)}},
              socket.remote_ip});
  outbox.close(socket.id, std::move(text), code, std::move(reason));
  forget_socket(now, socket);
}

void Bridge::Core::forget_socket(Time now, Socket& socket) {
  if (Endpoint* endpoint = socket.endpoint) {
    stop_following(*endpoint);
    endpoint->socket = nullptr;
    endpoint->away_timer.set(now + config_.resume_window);
    ++away_;
  }
  sockets_.erase(socket.id);
}

void Bridge::Core::send(const Endpoint& endpoint, std::string text) {
  // Away: it gets a snapshot when it resumes.
  if (endpoint.socket) outbox.send(endpoint.socket->id, std::move(text));
}

void Bridge::Core::acknowledge(const Socket& socket, const MessageId& id) {
  if (id) outbox.send(socket.id, signaling::ok_text(*id));
}

Bridge::Core::Refusal Bridge::Core::on(Time, Socket& socket, const MessageId& id,
                                       const signaling::Ping&) {
  outbox.send(socket.id, signaling::pong_text(id));
  return std::nullopt;
}

}  // namespace sotto::bridge
