// Writes what Reader reads. Grows as needed.
#pragma once

#include <utility>

#include "mls/bytes.h"

namespace sotto::mls {

class Writer {
 public:
  // The longest vector that there is (RFC 9420 section 2.1.2).
  static constexpr std::size_t kLongestVector = (std::size_t{1} << 30) - 1;

  void u8(std::uint8_t value) { out_.push_back(value); }
  void u16(std::uint16_t value) { integer(value, 2); }
  void u32(std::uint32_t value) { integer(value, 4); }
  void u64(std::uint64_t value) { integer(value, 8); }
  void bytes(ByteView view) { out_.insert(out_.end(), view.begin(), view.end()); }

  // A vector `<V>` of these bytes.
  void opaque(ByteView body);

  // A vector `<V>` of what body() writes.
  template <typename Body>
  void vector(Body body) {
    std::size_t start = out_.size();
    body();
    prefix(start);
  }

  void reserve(std::size_t size) { out_.reserve(size); }
  // What was written: nothing if a vector came out longer than vectors can be.
  Bytes take() && { return too_long_ ? Bytes() : std::move(out_); }

 private:
  void integer(std::uint64_t value, std::size_t size);
  // Puts the length of everything after `start` in front of it.
  void prefix(std::size_t start);

  Bytes out_;
  bool too_long_ = false;
};

}  // namespace sotto::mls
