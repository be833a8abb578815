// ULEB128, as DAVE and AV1 write numbers: groups of 7 bits, the lowest first, the highest bit of a
// byte set on all but the last.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/byte_reader.h"
#include "base/byte_writer.h"

namespace sotto {

inline constexpr std::size_t kMaxUleb128Size = 5;  // of 32 bits

std::size_t uleb128_size(std::uint32_t value);
void write_uleb128(std::uint32_t value, ByteWriter& writer);

// kMalformed above 32 bits, and for a number that is longer than necessary: one value, one text.
Result<std::uint32_t> read_uleb128(ByteReader& reader);

}  // namespace sotto
