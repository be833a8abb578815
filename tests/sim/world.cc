#include "sim/world.h"

#include <algorithm>

namespace sotto::bridge::sim {

World::World(std::uint64_t seed, const BridgeConfig& config)
    : random(seed), bridge(config, identity, random), network(seed ^ 0x6e6574) {}

BridgeConfig World::default_config() {
  BridgeConfig config;
  config.candidates = {{*Address::from_text("192.0.2.1", 10000), true}};
  return config;
}

Participant& World::add(std::vector<Source> sources, const std::string& room) {
  const auto number = static_cast<std::uint32_t>(participants.size() + 1);
  participants.push_back(std::make_unique<Participant>(number, room, std::move(sources), now));
  due_at_.push_back(Time::max());
  reconnect(*participants.back());
  return *participants.back();
}

void World::reconnect(Participant& participant) {
  const SocketId socket = ++last_socket_;
  sockets_[socket] = &participant;
  socket_of_[&participant] = socket;
  bridge.handle_open(now, socket, "198.51.100.7");
  participant.join(now);
  touched(participant);
  flush();
}

void World::leave(Participant& participant) {
  participant.leave();
  touched(participant);
}

void World::drop_socket(Participant& participant) {
  const SocketId socket = socket_of_[&participant];
  sockets_.erase(socket);
  socket_of_.erase(&participant);
  std::erase_if(wires_, [&](const auto& wire) { return wire.second.socket == socket; });
  bridge.handle_close(now, socket);
  flush();
}

Participant* World::by_socket(SocketId socket) {
  const auto found = sockets_.find(socket);
  return found == sockets_.end() ? nullptr : found->second;
}

Participant* World::by_path(const Path& path) {
  const ByteView ip = path.remote.ip();
  const std::size_t number = std::size_t{ip[1]} << 16 | std::size_t{ip[2]} << 8 | ip[3];
  return number >= 1 && number <= participants.size() ? participants[number - 1].get() : nullptr;
}

void World::touched(Participant& participant) {
  // Texts leave by the socket that is open; without one they are lost.
  const auto socket = socket_of_.find(&participant);
  for (std::string& text : participant.texts) {
    if (socket == socket_of_.end()) break;
    wires_.emplace(now + socket_delay, Wire{true, socket->second, std::move(text), std::nullopt});
  }
  participant.texts.clear();
  std::vector<test::VirtualPeer::Datagram> datagrams;
  participant.collect(datagrams);
  for (const auto& datagram : datagrams) {
    network.send(now, Network::Direction::kToBridge, datagram.path, datagram.bytes);
  }
  Time& at = due_at_[participant.number() - 1];
  const Time next = participant.next_timeout();
  if (next == at) return;
  due_.erase({at, participant.number()});
  at = next;
  if (at != Time::max()) due_.insert({at, participant.number()});
}

void World::flush() {
  while (auto outgoing = bridge.poll_message()) {
    wires_.emplace(now + socket_delay, Wire{false, outgoing->socket, std::move(outgoing->text),
                                            std::move(outgoing->close)});
  }
  DatagramQueue& queue = bridge.datagrams();
  most_queued = std::max(most_queued, queue.datagrams().size());
  for (const auto& datagram : queue.datagrams()) {
    network.send(now, Network::Direction::kToClient, datagram.path, queue.bytes(datagram));
  }
  queue.clear();
  while (auto event = bridge.poll_log()) log.push_back(*std::move(event));
}

void World::inject(const Path& path, std::vector<std::uint8_t> datagram) {
  bridge.handle_datagram(now, path, datagram);
  flush();
}

void World::carry(Wire wire) {
  if (wire.to_bridge) {
    bridge.handle_message(now, wire.socket, wire.text);
    return;
  }
  Participant* participant = by_socket(wire.socket);
  if (!participant) return;
  if (!wire.text.empty()) {
    ++texts_to_clients;
    participant->handle_text(now, wire.text);
  }
  if (wire.close) {
    participant->closed = true;
    sockets_.erase(wire.socket);
    // Unless it has opened another meanwhile.
    const auto current = socket_of_.find(participant);
    if (current != socket_of_.end() && current->second == wire.socket) socket_of_.erase(current);
    bridge.handle_close(now, wire.socket);
  }
  touched(*participant);
}

void World::step() {
  while (!wires_.empty() && wires_.begin()->first <= now) {
    auto node = wires_.extract(wires_.begin());
    carry(std::move(node.mapped()));
    flush();
  }
  while (auto delivery = network.pop(now)) {
    if (delivery->direction == Network::Direction::kToBridge) {
      if (around_datagram) around_datagram(true, delivery->bytes);
      bridge.handle_datagram(now, delivery->path, delivery->bytes);
      if (around_datagram) around_datagram(false, delivery->bytes);
      flush();
    } else if (Participant* participant = by_path(delivery->path)) {
      participant->handle_datagram(now, delivery->path, delivery->bytes);
      touched(*participant);
    }
  }
  if (bridge.next_timeout() <= now) {
    bridge.handle_timeout(now);
    flush();
  }
  while (!due_.empty() && due_.begin()->first <= now) {
    Participant& participant = *participants[due_.begin()->second - 1];
    participant.handle_timeout(now);
    if (participant.next_timeout() <= now) {
      // A deadline that does not move would stop the world.
      due_.erase(due_.begin());
      due_at_[participant.number() - 1] = now + std::chrono::milliseconds(1);
      due_.insert({now + std::chrono::milliseconds(1), participant.number()});
      continue;
    }
    touched(participant);
  }
}

void World::run_for(Duration span) {
  const Time end = now + span;
  while (true) {
    Time next = std::min(network.next(), bridge.next_timeout());
    if (!wires_.empty()) next = std::min(next, wires_.begin()->first);
    if (!due_.empty()) next = std::min(next, due_.begin()->first);
    if (next > end) break;
    now = std::max(now, next);
    step();
  }
  now = end;
}

std::uint64_t World::trace() const {
  std::uint64_t hash = 1469598103934665603u;
  for (const auto& participant : participants) {
    hash = (hash ^ participant->trace) * 1099511628211u;
  }
  return hash;
}

}  // namespace sotto::bridge::sim
