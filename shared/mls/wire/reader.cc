#include "mls/wire/reader.h"

namespace sotto::mls {

ByteView Reader::bytes(std::size_t size) {
  if (ok() && size > remaining()) ran_short();
  if (!ok()) return {};
  at_ += size;
  return {at_ - size, size};
}

std::uint64_t Reader::integer(std::size_t size) {
  std::uint64_t value = 0;
  for (std::uint8_t byte : bytes(size)) value = value << 8 | byte;
  return value;
}

const std::uint8_t* Reader::enter() {
  const ByteView body = opaque();
  const std::uint8_t* outer_end = end_;
  at_ -= body.size();
  end_ = at_ + body.size();
  ++depth_;
  return outer_end;
}

void Reader::leave(const std::uint8_t* outer_end) {
  at_ = end_;
  end_ = outer_end;
  --depth_;
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
  if (ok() && at_ != end_) return sotto::fail(Error::kMalformed);
  return outcome_;
}

}  // namespace sotto::mls
