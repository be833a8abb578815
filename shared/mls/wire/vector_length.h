// The length in front of a vector `<V>` (RFC 9420 section 2.1.2), for what is written, and for what
// is hashed where it lies instead of being encoded first.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"

namespace sotto::mls {

class VectorLength {
 public:
  // `length` is below 2^30. The first byte's two high bits say in how many bytes it stands.
  explicit VectorLength(std::size_t length) {
    const std::uint32_t value = static_cast<std::uint32_t>(length);
    if (length < 1u << 6) {
      put(value, 1);
    } else if (length < 1u << 14) {
      put(0x4000 | value, 2);
    } else {
      put(0x80000000 | value, 4);
    }
  }

  ByteView view() const { return ByteView(bytes_).first(size_); }

 private:
  void put(std::uint32_t value, std::size_t size) {
    size_ = size;
    for (std::size_t i = size; i-- > 0; value >>= 8) {
      bytes_[i] = static_cast<std::uint8_t>(value & 0xff);
    }
  }

  std::uint8_t bytes_[4] = {};
  std::size_t size_ = 0;
};

}  // namespace sotto::mls
