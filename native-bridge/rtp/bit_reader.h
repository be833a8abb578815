// Reads fields of bits, most significant first. After the first failure every read gives 0;
// ask ok() once.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"

namespace sotto::bridge {

class BitReader {
 public:
  explicit BitReader(ByteView bytes) : bytes_(bytes) {}

  // At most 32 bits.
  std::uint32_t bits(int count) {
    if (failed_ || static_cast<std::size_t>(count) > bytes_.size() * 8 - position_) {
      failed_ = true;
      return 0;
    }
    std::uint32_t value = 0;
    for (int i = 0; i < count; ++i, ++position_) {
      value = value << 1 | (bytes_[position_ / 8] >> (7 - position_ % 8) & 1u);
    }
    return value;
  }
  bool flag() { return bits(1) != 0; }

  // ns(n) of the AV1 RTP specification, A.8.2: one of `count` values, count at least 1.
  std::uint32_t non_symmetric(std::uint32_t count) {
    int width = 0;
    for (std::uint32_t x = count; x != 0; x >>= 1) ++width;
    const std::uint32_t short_codes = (1u << width) - count;
    const std::uint32_t value = bits(width - 1);
    if (value < short_codes) return value;
    return (value << 1) - short_codes + bits(1);
  }

  std::size_t position() const { return position_; }  // in bits
  bool ok() const { return !failed_; }

 private:
  ByteView bytes_;
  std::size_t position_ = 0;
  bool failed_ = false;
};

}  // namespace sotto::bridge
