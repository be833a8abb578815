// NAL unit types of H.264 (ITU-T H.264, table 7-1).
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "media/annex_b.h"

namespace sotto {

enum class NalType : std::uint8_t { kSlice = 1, kIdrSlice = 5, kSps = 7, kPps = 8 };

// The header byte's low five bits. `nal_unit` must not be empty.
inline NalType nal_type(ByteView nal_unit) {
  return static_cast<NalType>(nal_unit[0] & 0x1f);
}

}  // namespace sotto
