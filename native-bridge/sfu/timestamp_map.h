// Gives the packets of changing sources one RTP timeline that runs with the bridge's clock, so
// that a change of source is a step of the time that really went by (docs: lip sync needs that a
// seat's timestamps keep one relation to the NTP time of its sender reports).
#pragma once

#include <cstdint>

#include "base/time.h"

namespace sotto::bridge {

class TimestampMap {
 public:
  // `base`: the random timestamp of time 0.
  TimestampMap(std::uint32_t clock_rate, std::uint32_t base) : rate_(clock_rate), base_(base) {}

  // The next source begins with a packet stamped `in` and captured at `at`. Never steps back:
  // a source whose clock is behind begins 10 ms after the newest timestamp.
  void restart(std::uint32_t in, Time at) {
    std::uint32_t out = base_ + ticks(at.time_since_epoch());
    const std::uint32_t least = newest_ + rate_ / 100;
    if (started_ && static_cast<std::int32_t>(out - least) < 0) out = least;
    offset_ = out - in;
    newest_ = out;
    started_ = true;
  }

  std::uint32_t map(std::uint32_t in) {
    const std::uint32_t out = in + offset_;
    if (static_cast<std::int32_t>(out - newest_) > 0) newest_ = out;
    return out;
  }

  std::uint32_t offset() const { return offset_; }
  std::uint32_t rate() const { return rate_; }
  // Signed durations as timestamp units, modulo 2^32.
  std::uint32_t ticks(Duration duration) const {
    // Seconds apart, so that years of microseconds do not overflow.
    const std::int64_t us = duration.count();
    const std::int64_t whole = us / 1'000'000;
    const std::int64_t rest = us % 1'000'000;
    return static_cast<std::uint32_t>(whole * rate_ + rest * rate_ / 1'000'000);
  }

 private:
  std::uint32_t rate_;
  std::uint32_t base_;
  std::uint32_t offset_ = 0;
  std::uint32_t newest_ = 0;
  bool started_ = false;
};

}  // namespace sotto::bridge
