// Reads the TLS presentation language with the variable-size vectors of RFC 9420 section 2.1.
// The first error sticks and every later read gives zeros or nothing, so a structure is read to its
// end and `finish` asked once. Nothing is reserved on the word of a length.
#pragma once

#include <optional>
#include <vector>

#include "base/byte_reader.h"
#include "mls/bytes.h"

namespace sotto::mls {

class Reader {
 public:
  explicit Reader(ByteView bytes) : in_(bytes) {}

  std::uint8_t u8() { return integer(in_.u8()); }
  std::uint16_t u16() { return integer(in_.u16()); }
  std::uint32_t u32() { return integer(in_.u32()); }
  std::uint64_t u64() { return integer(in_.u64()); }
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
    ByteView body = opaque();
    ByteReader outer = in_;
    in_ = ByteReader(body);
    ++depth_;
    while (ok() && !in_.empty()) each();
    --depth_;
    in_ = outer;
  }

  // What is left unread, here or of the current vector.
  std::size_t remaining() const { return in_.remaining(); }
  ByteView rest() { return in_.rest(); }

  void fail(Error error) {
    if (!error_) error_ = error;
  }
  bool ok() const { return !error_; }
  // Once not ok().
  Error error() const { return *error_; }
  // The first error; kMalformed when bytes are left over.
  Result<void> finish() const;

 private:
  template <typename T>
  T integer(Result<T> value) {
    if (value && ok()) return *value;
    fail(short_of_bytes());
    return 0;
  }
  Error short_of_bytes() const { return depth_ == 0 ? Error::kTruncated : Error::kMalformed; }

  ByteReader in_;
  int depth_ = 0;
  std::optional<Error> error_;
};

}  // namespace sotto::mls
