// Open bitstream units of AV1 (AV1 bitstream specification, section 5.3).
#pragma once

#include <cstdint>

#include "base/byte_reader.h"
#include "base/bytes.h"
#include "base/result.h"

namespace sotto {

enum class ObuType : std::uint8_t {
  kSequenceHeader = 1,
  kTemporalDelimiter = 2,
  kFrame = 6,
};

struct Obu {
  ObuType type{};
  ByteView payload;
};

// The next OBU; one without a size field reaches to the end.
Result<Obu> read_obu(ByteReader& reader);

}  // namespace sotto
