// How often a receiver may try the keys of a whole ratchet window on frames that did not open: 32
// times at once, and 32 times a second. A sender that did ratchet is found within its first frames;
// garbage, however much of it, costs little more than one attempt a frame.
#pragma once

#include <algorithm>

#include "base/time.h"

namespace sotto {

class TrialBudget {
 public:
  static constexpr int kBurst = 32;
  static constexpr Duration kInterval = std::chrono::microseconds(1'000'000 / kBurst);

  // True when this trial may be made; counts it.
  bool take(Time now) {
    paid_until_ = std::max(paid_until_, now);
    if (paid_until_ - now > (kBurst - 1) * kInterval) return false;
    paid_until_ += kInterval;
    return true;
  }

 private:
  Time paid_until_ = Time::min();
};

}  // namespace sotto
