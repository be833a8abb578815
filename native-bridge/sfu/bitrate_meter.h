// The bit rate of one stream, over windows of half a second, smoothed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "base/time.h"

namespace sotto::bridge {

class BitrateMeter {
 public:
  void add(Time now, std::size_t bytes) {
    if (!since_ || now - *since_ > 4 * kWindow) {  // the first, or after a pause
      since_ = now;
      bytes_ = 0;
    }
    bytes_ += bytes;
    const Duration elapsed = now - *since_;
    if (elapsed < kWindow) return;
    const auto measured = static_cast<std::uint64_t>(bytes_ * 8 * 1'000'000 /
                                                     static_cast<std::uint64_t>(elapsed.count()));
    bits_per_second_ = bits_per_second_ == 0 ? measured : (bits_per_second_ + measured) / 2;
    since_ = now;
    bytes_ = 0;
  }

  // 0 until half a second was measured.
  std::uint64_t bits_per_second() const { return bits_per_second_; }
  void reset() { *this = {}; }

 private:
  static constexpr Duration kWindow = std::chrono::milliseconds(500);
  std::optional<Time> since_;
  std::uint64_t bytes_ = 0;
  std::uint64_t bits_per_second_ = 0;
};

}  // namespace sotto::bridge
