#include "sframe/header.h"

#include <bit>

namespace sotto {
namespace {

constexpr std::uint64_t kLargestInline = 7;
constexpr std::uint8_t kExtended = 0x8;  // X or Y, within its half of the config byte

// The fewest bytes that hold `value`, which is not 0.
std::size_t compact_size(std::uint64_t value) {
  return (static_cast<std::size_t>(std::bit_width(value)) + 7) / 8;
}

std::size_t extra_bytes(std::uint64_t value) {
  return value <= kLargestInline ? 0 : compact_size(value);
}

// Half a config byte: the value itself, or the flag and its size minus one.
std::uint8_t config_half(std::uint64_t value) {
  if (value <= kLargestInline) return static_cast<std::uint8_t>(value);
  return static_cast<std::uint8_t>(kExtended | (compact_size(value) - 1));
}

Result<std::uint64_t> decode_value(std::uint8_t half, ByteReader& reader) {
  if ((half & kExtended) == 0) return std::uint64_t{half};
  const std::size_t size = (half & kLargestInline) + 1u;
  TRY(const std::uint64_t value, reader.uint(size));
  if (extra_bytes(value) != size) return fail(Error::kMalformed);
  return value;
}

}  // namespace

std::size_t encoded_size(const Header& header) {
  return 1 + extra_bytes(header.kid) + extra_bytes(header.ctr);
}

void encode(const Header& header, ByteWriter& writer) {
  writer.u8(static_cast<std::uint8_t>(config_half(header.kid) << 4 | config_half(header.ctr)));
  writer.uint(header.kid, extra_bytes(header.kid));
  writer.uint(header.ctr, extra_bytes(header.ctr));
}

Result<Header> decode_header(ByteReader& reader) {
  TRY(const std::uint8_t config, reader.u8());
  TRY(const std::uint64_t kid, decode_value(config >> 4, reader));
  TRY(const std::uint64_t ctr, decode_value(config & 0xf, reader));
  return Header{.kid = kid, .ctr = ctr};
}

}  // namespace sotto
