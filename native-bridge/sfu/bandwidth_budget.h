// What a receiver's REMB means for us. Its estimate cannot rise much over what it receives (one
// and a half times, in browsers), so an estimate well above what we send says only that nothing
// is wrong yet: then one layer more is tried, at growing intervals while tries fail.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/time.h"
#include "sfu/layer_allocation.h"

namespace sotto::bridge {

class BandwidthBudget {
 public:
  static constexpr Duration kFirstWait = std::chrono::seconds(4);
  static constexpr Duration kLongestWait = std::chrono::seconds(64);

  void on_estimate(std::uint64_t bits_per_second) { estimate_ = bits_per_second; }
  std::uint64_t limit() const { return estimate_.value_or(kUnlimited); }

  // Whether to try one layer more now, while `sent` flows and somebody has less than desired.
  bool may_try(Time now, std::uint64_t sent) const {
    return estimate_ && now >= next_try_ && *estimate_ >= sent + sent / 5;
  }
  void on_try(Time now) {
    tried_at_ = now;
    next_try_ = now + wait_;
  }
  // Layers had to go down.
  void on_reduction(Time now) {
    const bool try_failed = tried_at_ && now - *tried_at_ < 2 * kFirstWait;
    wait_ = try_failed ? std::min(2 * wait_, kLongestWait) : kFirstWait;
    tried_at_.reset();
    next_try_ = now + wait_;
  }
  Time next_try() const { return next_try_; }

 private:
  std::optional<std::uint64_t> estimate_;
  std::optional<Time> tried_at_;
  Time next_try_{};
  Duration wait_ = kFirstWait;
};

}  // namespace sotto::bridge
