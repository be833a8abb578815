#include "rtp/retransmission_cache.h"

#include <cassert>
#include <cstring>

namespace sotto::bridge {

RetransmissionCache::RetransmissionCache(Config config) : config_(config) {
  assert(config.packets > 0 && (config.packets & (config.packets - 1)) == 0);
  assert(config.packets < kNoSlot && config.packet_size <= 0xffff);
}

RetransmissionCache::Entry& RetransmissionCache::entry(std::int64_t sequence) {
  return ring_[static_cast<std::size_t>(sequence) & (config_.packets - 1)];
}

const RetransmissionCache::Entry& RetransmissionCache::entry(std::int64_t sequence) const {
  return ring_[static_cast<std::size_t>(sequence) & (config_.packets - 1)];
}

std::uint8_t* RetransmissionCache::slot(std::uint16_t index) const {
  return slabs_[index / kSlabSlots].get() + (index % kSlabSlots) * config_.packet_size;
}

std::uint16_t RetransmissionCache::acquire() {
  if (free_.empty()) {
    // Never more slots than ring entries: each entry holds at most one.
    const std::size_t first = slabs_.size() * kSlabSlots;
    slabs_.push_back(std::make_unique<std::uint8_t[]>(kSlabSlots * config_.packet_size));
    for (std::size_t i = kSlabSlots; i-- > 0;) {
      free_.push_back(static_cast<std::uint16_t>(first + i));
    }
  }
  const std::uint16_t index = free_.back();
  free_.pop_back();
  return index;
}

void RetransmissionCache::release(Entry& entry) {
  if (entry.slot == kNoSlot) return;
  free_.push_back(entry.slot);
  entry.slot = kNoSlot;
}

void RetransmissionCache::expire(Time now, std::int64_t newest) {
  const auto capacity = static_cast<std::int64_t>(config_.packets);
  if (newest - oldest_ >= 2 * capacity) oldest_ = newest - 2 * capacity;  // bounds the walk
  while (oldest_ <= newest) {
    Entry& oldest = entry(oldest_);
    const bool in_ring = newest - oldest_ < capacity;
    if (in_ring && oldest.slot != kNoSlot && now - oldest.at <= config_.max_age) return;
    release(oldest);
    ++oldest_;
  }
}

void RetransmissionCache::insert(Time now, std::uint16_t sequence_number, ByteView packet) {
  if (packet.empty() || packet.size() > config_.packet_size) return;
  if (ring_.empty()) ring_.resize(config_.packets);
  const bool first = !unwrapper_.newest();
  const std::int64_t sequence = unwrapper_.unwrap(sequence_number);
  const std::int64_t newest = *unwrapper_.newest();
  if (first) oldest_ = sequence;
  expire(now, newest);
  const auto capacity = static_cast<std::int64_t>(config_.packets);
  if (newest - sequence >= capacity) return;
  if (sequence < oldest_) oldest_ = sequence;

  Entry& place = entry(sequence);
  if (place.slot == kNoSlot) place.slot = acquire();
  place.at = now;
  place.sequence_number = sequence_number;
  place.size = static_cast<std::uint16_t>(packet.size());
  std::memcpy(slot(place.slot), packet.data(), packet.size());
}

ByteView RetransmissionCache::find(Time now, std::uint16_t sequence_number) const {
  if (ring_.empty()) return {};
  const Entry& found = entry(sequence_number);
  if (found.slot == kNoSlot || found.sequence_number != sequence_number) return {};
  if (now - found.at > config_.max_age) return {};
  return {slot(found.slot), found.size};
}

void RetransmissionCache::clear() {
  for (Entry& entry : ring_) release(entry);
  unwrapper_.reset();
}

}  // namespace sotto::bridge
