#include "support/virtual_call.h"

#include <algorithm>
#include <utility>

#include "base/byte_writer.h"

namespace sotto::bridge::test {

VirtualCall::VirtualCall(std::uint64_t seed, const VirtualPeer::Options& options)
    : random(seed), bridge(identity, random, now), peer(random, now, options) {}

void VirtualCall::start() {
  bridge.set_remote(peer.local_ice(), peer.fingerprint());
  peer.set_remote(bridge.local_ice(), identity.fingerprint());
  peer.use_path(now, path(1));
}

bool VirtualCall::connect() {
  start();
  for (int i = 0; i < 1000 && !(peer.secure() && bridge.connected()); ++i) {
    run_for(std::chrono::milliseconds(10));
  }
  return peer.secure() && bridge.connected();
}

void VirtualCall::run_for(Duration span) {
  const Time end = now + span;
  collect();
  for (;;) {
    const Time arrival = network_.empty() ? Time::max() : network_.begin()->first;
    const Time next = std::min({arrival, peer.next_timeout(), bridge.next_timeout()});
    if (next > end) break;
    now = std::max(now, next);
    if (arrival <= now) {
      Flying flying = std::move(network_.begin()->second);
      network_.erase(network_.begin());
      deliver(std::move(flying));
    } else {
      peer.handle_timeout(now);
      bridge.handle_timeout(now, queue);
    }
    collect();
  }
  now = end;
}

Transport::Received VirtualCall::inject(const Path& from, ByteView datagram) {
  std::vector<std::uint8_t> copy(datagram.begin(), datagram.end());
  const auto received = bridge.handle_datagram(now, from, copy, queue);
  collect();
  return {received.kind, {}};
}

void VirtualCall::flush() {
  collect();
}

void VirtualCall::deliver(Flying flying) {
  if (flying.direction == Direction::kToPeer) {
    return peer.handle_datagram(now, flying.path, flying.bytes);
  }
  const auto received = bridge.handle_datagram(now, flying.path, flying.bytes, queue);
  if (received.kind == Transport::Received::Kind::kNone) return;
  auto& kept =
      received.kind == Transport::Received::Kind::kRtp ? bridge_received : bridge_received_rtcp;
  kept.emplace_back(received.packet.begin(), received.packet.end());
}

void VirtualCall::collect() {
  for (; !peer.outgoing().empty(); peer.outgoing().pop_front()) {
    auto& datagram = peer.outgoing().front();
    if (lose && lose(Direction::kToBridge, datagram.path, datagram.bytes)) continue;
    network_.insert({now + delay, {Direction::kToBridge, datagram.path, datagram.bytes}});
  }
  for (const auto& datagram : queue.datagrams()) {
    ++sent_by_bridge;
    const ByteView bytes = queue.bytes(datagram);
    if (lose && lose(Direction::kToPeer, datagram.path, bytes)) continue;
    network_.insert(
        {now + delay, {Direction::kToPeer, datagram.path, {bytes.begin(), bytes.end()}}});
  }
  queue.clear();
  while (const auto event = bridge.poll_event()) events.push_back(*event);
}

std::vector<std::uint8_t> VirtualCall::next_rtp(std::uint32_t ssrc) {
  std::vector<std::uint8_t> packet(12 + 40);
  ByteWriter writer(packet);
  writer.u8(0x80);
  writer.u8(96);
  writer.u16(sequence_++);
  writer.u32(sequence_ * 3000u);
  writer.u32(ssrc);
  random.fill(writer.reserve(40));
  return packet;
}

std::size_t VirtualCall::count(Transport::Event event) const {
  return static_cast<std::size_t>(std::count(events.begin(), events.end(), event));
}

}  // namespace sotto::bridge::test
