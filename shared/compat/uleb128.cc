#include "compat/uleb128.h"

namespace sotto {

std::size_t uleb128_size(std::uint32_t value) {
  std::size_t size = 1;
  while ((value >>= 7) != 0) ++size;
  return size;
}

void write_uleb128(std::uint32_t value, ByteWriter& writer) {
  for (; value >= 0x80; value >>= 7) writer.u8(static_cast<std::uint8_t>(0x80 | (value & 0x7f)));
  writer.u8(static_cast<std::uint8_t>(value));
}

Result<std::uint32_t> read_uleb128(ByteReader& reader) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 7 * kMaxUleb128Size; shift += 7) {
    TRY(const std::uint8_t byte, reader.u8());
    value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    if ((byte & 0x80) != 0) continue;
    if (value > 0xffffffff || (byte == 0 && shift > 0)) return fail(Error::kMalformed);
    return static_cast<std::uint32_t>(value);
  }
  return fail(Error::kMalformed);
}

}  // namespace sotto
