// Bounds what a receiver's NACKs cost: one packet at most once a round trip, and all of a
// receiver's together at a fixed rate.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/time.h"

namespace sotto::bridge {

// For one stream. Remembers the last kSize resent numbers.
class ResendHistory {
 public:
  // False: resent within `interval`. True: remembered as resent now.
  bool allow(Time now, std::uint16_t sequence_number, Duration interval) {
    Entry& entry = entries_[sequence_number % kSize];
    if (entry.used && entry.sequence_number == sequence_number && now - entry.at < interval) {
      return false;
    }
    entry = {now, sequence_number, true};
    return true;
  }

 private:
  static constexpr std::size_t kSize = 64;
  struct Entry {
    Time at{};
    std::uint16_t sequence_number = 0;
    bool used = false;
  };
  std::array<Entry, kSize> entries_{};
};

// For all of a receiver's streams: a token bucket of packets.
class ResendBudget {
 public:
  bool take(Time now) {
    if (now - refilled_ >= kRefill) {
      const auto steps = (now - refilled_) / kRefill;
      tokens_ = steps >= kBurst ? kBurst : tokens_ + static_cast<int>(steps);
      if (tokens_ > kBurst) tokens_ = kBurst;
      refilled_ = now;
    }
    if (tokens_ == 0) return false;
    --tokens_;
    return true;
  }

 private:
  static constexpr Duration kRefill = std::chrono::milliseconds(2);  // 500 packets a second
  static constexpr int kBurst = 200;
  Time refilled_{};
  int tokens_ = kBurst;
};

}  // namespace sotto::bridge
