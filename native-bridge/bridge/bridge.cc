#include "bridge/bridge.h"

#include <utility>

#include "bridge/core.h"

namespace sotto::bridge {

Bridge::Bridge(const BridgeConfig& config, const Identity& identity, RandomSource& random)
    : core_(std::make_unique<Core>(config, identity, random)) {}
Bridge::~Bridge() = default;

void Bridge::handle_open(Time now, SocketId socket, std::string_view remote_ip) {
  core_->handle_open(now, socket, remote_ip);
}
void Bridge::handle_message(Time now, SocketId socket, std::string_view text) {
  core_->handle_message(now, socket, text);
}
void Bridge::handle_binary(Time now, SocketId socket, ByteView frame) {
  core_->handle_binary(now, socket, frame);
}
void Bridge::handle_oversized(Time now, SocketId socket) {
  core_->handle_oversized(now, socket);
}
void Bridge::handle_close(Time now, SocketId socket) {
  core_->handle_close(now, socket);
}
void Bridge::handle_datagram(Time now, const Path& path, MutableBytes datagram) {
  core_->handle_datagram(now, path, datagram);
}
void Bridge::handle_path_closed(Time now, std::uint64_t tcp_connection) {
  core_->handle_path_closed(now, tcp_connection);
}
void Bridge::set_token_keys(std::shared_ptr<const auth::KeySet> keys) {
  core_->set_token_keys(std::move(keys));
}
void Bridge::set_unix_time(Time now, auth::UnixSeconds seconds) {
  core_->set_unix_time(now, seconds);
}
void Bridge::handle_timeout(Time now) {
  core_->handle_timeout(now);
}
Time Bridge::next_timeout() const {
  return core_->timers.next();
}
DatagramQueue& Bridge::datagrams() {
  return core_->datagrams;
}
std::optional<Bridge::Outgoing> Bridge::poll_message() {
  return core_->outbox.poll_message();
}
void Bridge::shutdown(Time now) {
  core_->shutdown(now);
}
BridgeStats Bridge::stats() const {
  return core_->stats();
}
std::optional<LogEvent> Bridge::poll_log() {
  return core_->outbox.poll_log();
}

}  // namespace sotto::bridge
