// When to ask a publisher for a key frame of one layer. However many receivers ask, at most one
// PLI every 300 ms; the first at once; again while none comes, a few times.
#pragma once

#include <algorithm>
#include <optional>

#include "base/time.h"

namespace sotto::bridge {

class KeyframeThrottle {
 public:
  static constexpr Duration kSpacing = std::chrono::milliseconds(300);
  static constexpr Duration kRetry = std::chrono::milliseconds(500);
  static constexpr int kAttempts = 6;

  // Somebody needs a key frame. If one was asked for and has not come, it will serve.
  void request(Time now) {
    if (due_) return;
    attempts_ = 0;
    due_ = std::max(now, last_ + kSpacing);
  }

  // The first packet of a key frame has come.
  void on_key_frame() { due_.reset(); }

  // Whether to send a PLI now; counts it as sent.
  bool take_due(Time now) {
    if (!due_ || *due_ > now) return false;
    last_ = now;
    due_ = now + kRetry;
    if (++attempts_ == kAttempts) due_.reset();
    return true;
  }

  std::optional<Time> next_timeout() const { return due_; }

 private:
  std::optional<Time> due_;
  Time last_ = Time(Duration::min() / 2);  // of the last PLI: never
  int attempts_ = 0;
};

}  // namespace sotto::bridge
