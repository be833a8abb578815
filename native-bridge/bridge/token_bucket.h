// A rate limit: `burst` at once, then `per_second`.
#pragma once

#include <algorithm>

#include "base/time.h"

namespace sotto::bridge {

class TokenBucket {
 public:
  TokenBucket(double per_second, double burst, Time now)
      : per_second_(per_second), burst_(burst), tokens_(burst), refilled_(now) {}

  // Takes `cost` tokens, or none and says false. A cost above the burst is taken from a full
  // bucket, so that nothing is impossible for ever.
  bool take(Time now, double cost = 1) {
    refill(now);
    if (tokens_ < std::min(cost, burst_)) return false;
    tokens_ -= std::min(cost, burst_);
    return true;
  }

  // Nothing has been taken of late.
  bool is_full(Time now) const { return refilled(now) >= burst_; }

 private:
  void refill(Time now) {
    if (now <= refilled_) return;
    tokens_ = refilled(now);
    refilled_ = now;
  }

  double refilled(Time now) const {
    const double seconds = std::chrono::duration<double>(now - refilled_).count();
    return std::min(burst_, tokens_ + std::max(0.0, seconds) * per_second_);
  }

  double per_second_;
  double burst_;
  double tokens_;
  Time refilled_;
};

}  // namespace sotto::bridge
