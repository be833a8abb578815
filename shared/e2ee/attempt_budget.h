// How much work frames of unknown KIDs may cause. Each names a key that must first be derived,
// which costs far more than refusing a frame; a server can name as many as it likes. What proves
// authentic costs nothing.
#pragma once

#include <algorithm>
#include <cstdint>

#include "base/time.h"

namespace sotto {

// A bucket of units (about one HKDF each), full at first, refilled by time.
class AttemptBudget {
 public:
  static constexpr std::int64_t kCapacity = 512;
  static constexpr std::int64_t kPerSecond = 512;

  // False when there is not that much left; then nothing is taken.
  bool take(std::int64_t units, Time now) {
    refill(now);
    if (left_ < units) return false;
    left_ -= units;
    return true;
  }

  void give_back(std::int64_t units) { left_ = std::min(left_ + units, kCapacity); }

  std::int64_t left() const { return left_; }

 private:
  void refill(Time now) {
    if (!started_ || now < last_) {
      started_ = true;
      last_ = now;
      return;
    }
    const Duration unit = Duration(std::chrono::seconds(1)) / kPerSecond;
    const std::int64_t earned = (now - last_) / unit;
    left_ = earned > kCapacity ? kCapacity : std::min(left_ + earned, kCapacity);
    last_ = earned > kCapacity ? now : last_ + unit * earned;
  }

  std::int64_t left_ = kCapacity;
  Time last_{};
  bool started_ = false;
};

}  // namespace sotto
