// What holds for every structure: it encodes to exactly the bytes that it came from, and no other
// length of them is taken.
#pragma once

#include <gtest/gtest.h>

#include "base/hex.h"
#include "mls/wire/codec.h"

namespace sotto::mls::test {

template <typename T>
void expect_strict(const T& value) {
  Bytes encoded = encode(value);
  auto decoded = decode<T>(encoded);
  ASSERT_TRUE(decoded) << name(decoded.error());
  EXPECT_EQ(to_hex(encode(*decoded)), to_hex(encoded));
  for (std::size_t size = 0; size < encoded.size(); ++size) {
    EXPECT_FALSE(decode<T>(ByteView(encoded).first(size))) << "cut to " << size << " bytes";
  }
  encoded.push_back(0);
  auto longer = decode<T>(encoded);
  ASSERT_FALSE(longer) << "with a byte left over";
  EXPECT_EQ(longer.error(), Error::kMalformed);
}

inline Bytes from_hex(std::string_view text) {
  return to_bytes(sotto::from_hex(text).value());
}

template <typename T>
std::optional<Error> error_of(ByteView bytes) {
  auto decoded = decode<T>(bytes);
  if (decoded) return std::nullopt;
  return decoded.error();
}

}  // namespace sotto::mls::test
