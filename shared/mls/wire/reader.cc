#include "mls/wire/reader.h"

namespace sotto::mls {

ByteView Reader::bytes(std::size_t size) {
  if (!ok()) return {};
  auto view = in_.bytes(size);
  if (!view) {
    fail(short_of_bytes());
    return {};
  }
  return *view;
}

std::size_t Reader::length() {
  std::uint8_t first = u8();
  int size = 1 << (first >> 6);
  if (size == 8) {
    fail(Error::kMalformed);
    return 0;
  }
  std::size_t value = first & 0x3f;
  for (int i = 1; i < size; ++i) value = value << 8 | u8();
  // Half as many bytes would have done.
  if (size > 1 && ok() && value < std::size_t{1} << (4 * size - 2)) fail(Error::kMalformed);
  return ok() ? value : 0;
}

ByteView Reader::opaque() {
  return bytes(length());
}

void Reader::opaque(Bytes& out) {
  ByteView body = opaque();
  out.assign(body.begin(), body.end());
}

bool Reader::present() {
  std::uint8_t octet = u8();
  if (octet > 1) fail(Error::kMalformed);
  return octet == 1;
}

Result<void> Reader::finish() const {
  if (error_) return sotto::fail(*error_);
  if (!in_.empty()) return sotto::fail(Error::kMalformed);
  return {};
}

}  // namespace sotto::mls
