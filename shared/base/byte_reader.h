// Reads big-endian (network order) integers and views from foreign bytes. The only code that
// touches offsets of input. After the first failure every read fails, so a parser may read a
// whole structure and ask once.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto {

class ByteReader {
 public:
  explicit ByteReader(ByteView bytes) : bytes_(bytes) {}

  Result<std::uint8_t> u8() { return integer<std::uint8_t, 1>(); }
  Result<std::uint16_t> u16() { return integer<std::uint16_t, 2>(); }
  Result<std::uint32_t> u24() { return integer<std::uint32_t, 3>(); }
  Result<std::uint32_t> u32() { return integer<std::uint32_t, 4>(); }
  Result<std::uint64_t> u48() { return integer<std::uint64_t, 6>(); }
  Result<std::uint64_t> u64() { return integer<std::uint64_t, 8>(); }

  // Big-endian integer of `size` bytes, 1 to 8.
  Result<std::uint64_t> uint(std::size_t size) {
    if (size == 0 || size > 8) return fail(Error::kInvalidArgument);
    auto view = bytes(size);
    if (!view) return fail(view.error());
    std::uint64_t value = 0;
    for (std::uint8_t byte : *view) value = value << 8 | byte;
    return value;
  }

  // A view of the next `size` bytes.
  Result<ByteView> bytes(std::size_t size) {
    if (failed_ || size > remaining()) {
      failed_ = true;
      return fail(Error::kTruncated);
    }
    ByteView view = bytes_.subspan(position_, size);
    position_ += size;
    return view;
  }

  Result<void> skip(std::size_t size) {
    auto view = bytes(size);
    if (!view) return fail(view.error());
    return {};
  }

  // Everything not read yet; reads it.
  ByteView rest() {
    ByteView view = failed_ ? ByteView{} : bytes_.subspan(position_);
    position_ = bytes_.size();
    return view;
  }

  std::size_t position() const { return position_; }
  std::size_t remaining() const { return bytes_.size() - position_; }
  bool empty() const { return remaining() == 0; }

 private:
  template <typename T, std::size_t kSize>
  Result<T> integer() {
    auto view = bytes(kSize);
    if (!view) return fail(view.error());
    T value = 0;
    for (std::uint8_t byte : *view) value = static_cast<T>(static_cast<T>(value << 8) | byte);
    return value;
  }

  ByteView bytes_;
  std::size_t position_ = 0;
  bool failed_ = false;
};

}  // namespace sotto
