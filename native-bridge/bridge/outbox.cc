#include "bridge/outbox.h"

#include <utility>

namespace sotto::bridge {
namespace {

template <typename T>
std::optional<T> poll(std::deque<T>& queue) {
  if (queue.empty()) return std::nullopt;
  std::optional<T> first(std::move(queue.front()));
  queue.pop_front();
  return first;
}

}  // namespace

void Outbox::send(SocketId socket, std::string text) {
  ++sent_;
  messages_.push_back({socket, std::move(text), nullptr, std::nullopt});
}

void Outbox::send(SocketId socket, std::shared_ptr<const std::string> binary) {
  ++sent_;
  messages_.push_back({socket, std::string(), std::move(binary), std::nullopt});
}

void Outbox::close(SocketId socket, std::string text, std::uint16_t code, std::string reason) {
  if (!text.empty()) ++sent_;
  messages_.push_back({socket, std::move(text), nullptr, Close{code, std::move(reason)}});
}

void Outbox::log(LogEvent event) {
  if (log_.size() < kMaxLogEvents) log_.push_back(std::move(event));
}

std::optional<Bridge::Outgoing> Outbox::poll_message() {
  return poll(messages_);
}
std::optional<LogEvent> Outbox::poll_log() {
  return poll(log_);
}

}  // namespace sotto::bridge
