// So much a second, after a burst. Whatever is left over zero pays for one thing of any size; what
// that costs too much is waited for afterwards. So nothing is impossible for ever, and the rate
// holds in the long run.
#pragma once

#include <algorithm>
#include <cmath>

#include "base/time.h"

namespace sotto::bridge::delivery {

class Allowance {
 public:
  Allowance(double per_second, double burst, Time now)
      : per_second_(per_second), burst_(burst), left_(burst), filled_(now) {}

  bool ready(Time now) {
    fill(now);
    return left_ > 0;
  }
  // Call it when ready().
  void spend(double cost) { left_ -= cost; }
  // When ready() is true again, if nothing is spent meanwhile.
  Time ready_at() const {
    if (left_ > 0) return filled_;
    const double wait = -left_ / per_second_ * 1e6;
    return filled_ + Duration(static_cast<Duration::rep>(std::min(wait, 1e15)) + 1);
  }

 private:
  void fill(Time now) {
    if (now <= filled_) return;
    const double seconds = std::chrono::duration<double>(now - filled_).count();
    left_ = std::min(burst_, left_ + seconds * per_second_);
    filled_ = now;
  }

  double per_second_;
  double burst_;
  double left_;
  Time filled_;
};

}  // namespace sotto::bridge::delivery
