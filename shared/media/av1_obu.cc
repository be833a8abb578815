#include "media/av1_obu.h"

namespace sotto {
namespace {

constexpr std::uint8_t kForbiddenBit = 0x80;
constexpr std::uint8_t kExtensionFlag = 0x04;
constexpr std::uint8_t kHasSizeField = 0x02;

// leb128 (section 4.10.5): at most 8 bytes of 7 bits, value below 2^32.
Result<std::size_t> read_leb128(ByteReader& reader) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 56; shift += 7) {
    TRY(const std::uint8_t byte, reader.u8());
    value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) != 0) continue;
    if (value > 0xffffffff) return fail(Error::kMalformed);
    return static_cast<std::size_t>(value);
  }
  return fail(Error::kMalformed);
}

}  // namespace

Result<Obu> read_obu(ByteReader& reader) {
  TRY(const std::uint8_t header, reader.u8());
  if ((header & kForbiddenBit) != 0) return fail(Error::kMalformed);
  Obu obu;
  obu.type = static_cast<ObuType>(header >> 3 & 0xf);
  if ((header & kExtensionFlag) != 0) TRY_VOID(reader.skip(1));
  if ((header & kHasSizeField) == 0) {
    obu.payload = reader.rest();
    return obu;
  }
  TRY(const std::size_t size, read_leb128(reader));
  TRY(obu.payload, reader.bytes(size));
  return obu;
}

}  // namespace sotto
