// The last second of one stream's packets, to answer NACK from. Memory comes in slabs as the
// rate needs them and never exceeds `packets` slots.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"
#include "rtp/sequence_unwrapper.h"

namespace sotto::bridge {

class RetransmissionCache {
 public:
  struct Config {
    std::size_t packets = 512;  // a power of two
    Duration max_age = std::chrono::seconds(1);
    std::size_t packet_size = 1500;  // larger packets are not kept
  };

  RetransmissionCache() : RetransmissionCache(Config{}) {}
  explicit RetransmissionCache(Config config);

  // Copies the packet. Replaces what was under the same number or fell out of the ring.
  void insert(Time now, std::uint16_t sequence_number, ByteView packet);
  // Empty when it is not there or too old. Valid until the next insert().
  ByteView find(Time now, std::uint16_t sequence_number) const;
  void clear();
  std::size_t memory() const { return slabs_.size() * kSlabSlots * config_.packet_size; }

 private:
  static constexpr std::size_t kSlabSlots = 16;
  static constexpr std::uint16_t kNoSlot = 0xffff;
  struct Entry {
    Time at{};
    std::uint16_t sequence_number = 0;
    std::uint16_t slot = kNoSlot;
    std::uint16_t size = 0;
  };
  Entry& entry(std::int64_t sequence);
  const Entry& entry(std::int64_t sequence) const;
  std::uint8_t* slot(std::uint16_t index) const;
  std::uint16_t acquire();
  void release(Entry& entry);
  void expire(Time now, std::int64_t newest);

  Config config_;
  SequenceUnwrapper unwrapper_;
  std::int64_t oldest_ = 0;  // nothing below this is held
  std::vector<Entry> ring_;  // by sequence number modulo its size
  std::vector<std::uint16_t> free_;
  std::vector<std::unique_ptr<std::uint8_t[]>> slabs_;
};

}  // namespace sotto::bridge
