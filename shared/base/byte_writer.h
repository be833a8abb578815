// Writes big-endian integers and bytes into a caller's buffer. The only code that touches
// offsets of output. Writing past the end writes nothing more and is remembered: ask `ok()`
// once at the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "base/bytes.h"

namespace sotto {

class ByteWriter {
 public:
  explicit ByteWriter(MutableBytes buffer) : buffer_(buffer) {}

  void u8(std::uint8_t value) { uint(value, 1); }
  void u16(std::uint16_t value) { uint(value, 2); }
  void u24(std::uint32_t value) { uint(value, 3); }
  void u32(std::uint32_t value) { uint(value, 4); }
  void u64(std::uint64_t value) { uint(value, 8); }

  // The low `size` bytes of `value`, most significant first.
  void uint(std::uint64_t value, std::size_t size) {
    MutableBytes out = reserve(size);
    for (std::size_t i = out.size(); i-- > 0; value >>= 8) {
      out[i] = static_cast<std::uint8_t>(value & 0xff);
    }
  }

  void bytes(ByteView view) {
    MutableBytes out = reserve(view.size());
    if (!out.empty()) std::memcpy(out.data(), view.data(), out.size());
  }

  void zeros(std::size_t size) {
    MutableBytes out = reserve(size);
    if (!out.empty()) std::memset(out.data(), 0, out.size());
  }

  // The next `size` bytes for the caller to fill; empty when they do not fit.
  MutableBytes reserve(std::size_t size) {
    if (failed_ || size > remaining()) {
      failed_ = true;
      return {};
    }
    MutableBytes view = buffer_.subspan(position_, size);
    position_ += size;
    return view;
  }

  // Overwrites bytes already written at `at`, e.g. a length known only later.
  void patch_u16(std::size_t at, std::uint16_t value) {
    if (at + 2 > position_) {
      failed_ = true;
      return;
    }
    buffer_[at] = static_cast<std::uint8_t>(value >> 8);
    buffer_[at + 1] = static_cast<std::uint8_t>(value & 0xff);
  }

  bool ok() const { return !failed_; }
  std::size_t size() const { return position_; }
  std::size_t remaining() const { return buffer_.size() - position_; }
  MutableBytes written() const { return buffer_.first(position_); }

 private:
  MutableBytes buffer_;
  std::size_t position_ = 0;
  bool failed_ = false;
};

}  // namespace sotto
