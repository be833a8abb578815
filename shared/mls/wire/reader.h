// Reads the TLS presentation language with the variable-size vectors of RFC 9420 section 2.1.
// The first error sticks and every later read gives zeros or nothing, so a structure is read to its
// end and `finish` asked once. Nothing is reserved on the word of a length.
#pragma once

#include "base/result.h"
#include "mls/bytes.h"

namespace sotto::mls {

class Reader {
 public:
  explicit Reader(ByteView bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(integer(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(integer(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(integer(4)); }
  std::uint64_t u64() { return integer(8); }
  ByteView bytes(std::size_t size);

  // The length of a vector `<V>`, which must be in the least number of bytes. Whether there are as
  // many is not looked at.
  std::size_t length();
  // The body of a vector `<V>`.
  ByteView opaque();
  void opaque(Bytes& out);
  // The presence octet of an optional<T>; anything but 0 and 1 is malformed.
  bool present();

  // Calls each() until the vector is used up; an element that crosses its end is malformed.
  template <typename Each>
  void vector(Each each) {
    const std::uint8_t* outer_end = enter();
    while (ok() && at_ != end_) each();
    leave(outer_end);
  }

  // What is left unread, here or of the current vector.
  std::size_t remaining() const { return static_cast<std::size_t>(end_ - at_); }
  ByteView rest() { return bytes(remaining()); }

  void fail(Error error) {
    if (ok()) outcome_ = sotto::fail(error);
  }
  bool ok() const { return outcome_.has_value(); }
  // Once not ok().
  Error error() const { return outcome_.error(); }
  // The first error; kMalformed when bytes are left over.
  Result<void> finish() const;

 private:
  std::uint64_t integer(std::size_t size);
  // Into the body of a vector: the end of what it stands in; and behind it again.
  const std::uint8_t* enter();
  void leave(const std::uint8_t* outer_end);
  void ran_short() { fail(depth_ == 0 ? Error::kTruncated : Error::kMalformed); }

  const std::uint8_t* at_;
  const std::uint8_t* end_;  // of the current vector
  int depth_ = 0;
  Result<void> outcome_;
};

}  // namespace sotto::mls
