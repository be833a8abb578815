// What a receiver's REMB means for us. Browsers let the estimate rise by some 8 % a second and
// not far over what they receive, so it cannot say whether a larger layer would fit: when all is
// well, one layer more is tried. The try goes on while the estimate climbs after it and little is
// lost; it has failed when the estimate stands still below it. Tries that fail come ever later.
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
  static constexpr Duration kCheck = std::chrono::seconds(2);
  static constexpr std::uint8_t kHeavyLoss = 26;  // of 256: a tenth
  static constexpr Duration kCongestedFor = std::chrono::seconds(5);

  void on_estimate(Time now, std::uint64_t bits_per_second) {
    estimate_ = bits_per_second;
    if (!try_) return;
    if (bits_per_second >= try_->rate) {
      try_.reset();
      wait_ = kFirstWait;
    } else if (now - try_->checked_at >= kCheck) {
      if (bits_per_second < try_->estimate + try_->estimate / 20) {
        fail(now);
      } else {
        try_->checked_at = now;
        try_->estimate = bits_per_second;
      }
    }
  }
  // The share lost that a reception report tells.
  void on_loss(Time now, std::uint8_t fraction) {
    if (fraction < kHeavyLoss) return;
    heavy_loss_at_ = now;
    if (try_) fail(now);
  }

  // Whether the link has lately shown that it is too small. A low estimate alone does not say so:
  // it is held near what arrives, so a quiet scene or a busy computer lowers it too, and a video
  // stopped because of it could never raise it again.
  bool congested(Time now) const { return heavy_loss_at_ && now - *heavy_loss_at_ < kCongestedFor; }

  // What may be sent.
  std::uint64_t limit() const {
    if (!estimate_) return kUnlimited;
    return try_ ? std::max(*estimate_, try_->rate) : *estimate_;
  }

  // Whether to try one layer more now, while `sent` flows and somebody has less than desired.
  bool may_try(Time now, std::uint64_t sent) const {
    return estimate_ && !try_ && now >= next_try_ && *estimate_ >= sent + sent / 5;
  }
  // `rate`: what all that is granted now may cost.
  void on_try(Time now, std::uint64_t rate) { try_ = Try{now, estimate_.value_or(0), rate}; }
  // Layers had to go down without a try.
  void on_reduction(Time now) {
    if (!try_) next_try_ = std::max(next_try_, now + wait_);
  }

 private:
  struct Try {
    Time checked_at;
    std::uint64_t estimate;  // then
    std::uint64_t rate;
  };
  void fail(Time now) {
    try_.reset();
    wait_ = std::min(2 * wait_, kLongestWait);
    next_try_ = now + wait_;
  }

  std::optional<std::uint64_t> estimate_;
  std::optional<Try> try_;
  std::optional<Time> heavy_loss_at_;
  Time next_try_{};
  Duration wait_ = kFirstWait / 2;
};

}  // namespace sotto::bridge
