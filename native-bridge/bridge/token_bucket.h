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

 private:
  void refill(Time now) {
    if (now <= refilled_) return;
    const double seconds = std::chrono::duration<double>(now - refilled_).count();
    tokens_ = std::min(burst_, tokens_ + seconds * per_second_);
    refilled_ = now;
  }

  double per_second_;
  double burst_;
  double tokens_;
  Time refilled_;
};

}  // namespace sotto::bridge
