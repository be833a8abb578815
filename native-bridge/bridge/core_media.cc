#include <algorithm>

#include "bridge/core.h"
#include "datagram/classify.h"

namespace sotto::bridge {
namespace {

// A deadline that is due again at once would hold everything up.
constexpr Duration kShortestWait = std::chrono::microseconds(100);

}  // namespace

void Bridge::Core::handle_datagram(Time now, const Path& path, MutableBytes datagram) {
  ++counters_.datagrams_in;
  MediaConnection* connection = paths_.route(now, path, datagram);
  if (!connection) {
    ++counters_.datagrams_unroutable;
    return;
  }
  const bool is_check = classify(datagram) == DatagramKind::kStun;
  const auto received = connection->transport.handle_datagram(now, path, datagram, datagrams);
  if (is_check) paths_.after_check(now, path, *connection);
  follow(now, *connection);

  const Endpoint& endpoint = connection->endpoint();
  Room& room = endpoint.room;
  using Kind = Transport::Received::Kind;
  if (received.kind == Kind::kRtp && connection->kind() == Connection::kPublish) {
    room.conference.handle_rtp(now, endpoint.index, received.packet, room.sink);
  } else if (received.kind == Kind::kRtcp) {
    room.conference.handle_rtcp(now, endpoint.index, connection->kind(), received.packet,
                                room.sink);
  }
  settle(now, room);
}

void Bridge::Core::handle_path_closed(Time now, std::uint64_t tcp_connection) {
  Path path;
  MediaConnection* connection = paths_.close_tcp(tcp_connection, path);
  if (!connection) return;
  connection->transport.handle_path_closed(now, path);
  follow(now, *connection);
  settle(now, connection->endpoint().room);
}

void Bridge::Core::follow(Time now, MediaConnection& connection) {
  const Endpoint& endpoint = connection.endpoint();
  while (const auto event = connection.transport.poll_event()) {
    const bool connected =
        *event == Transport::Event::kConnected || *event == Transport::Event::kReconnected;
    endpoint.room.conference.set_connected(now, endpoint.index, connection.kind(), connected);
    if (*event == Transport::Event::kFailed) {
      outbox.log({LogLevel::kInfo, "connection-failed", {{"endpoint", endpoint.id}}, ""});
    }
  }
  connection.timer.set(connection.transport.next_timeout());
}

void Bridge::Core::handle_timeout(Time now) {
  TimerOwner owner;
  while (timers.pop_due(now, owner)) {
    std::visit([&](auto* due) { on_due(now, *due); }, owner);
  }
}

void Bridge::Core::on_due(Time now, Socket& socket) {
  refuse(now, socket, std::nullopt, {signaling::ErrorCode::kJoinTimeout, "", "no `join` in time"});
}

void Bridge::Core::on_due(Time now, Endpoint& endpoint) {
  remove_endpoint(now, endpoint, "lost");
}

void Bridge::Core::on_due(Time now, MediaConnection& connection) {
  connection.transport.handle_timeout(now, datagrams);
  follow(now, connection);
  connection.timer.set(std::max(connection.timer.at(), now + kShortestWait));
  settle(now, connection.endpoint().room);
}

void Bridge::Core::on_due(Time now, Room& room) {
  room.conference.handle_timeout(now, room.sink);
  settle(now, room);
  room.timer.set(std::max(room.timer.at(), now + kShortestWait));
}

}  // namespace sotto::bridge
