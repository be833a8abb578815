// NAL unit headers of H.265 (ITU-T H.265, section 7.3.1.2 and table 7-1):
//
//   +---------------+---------------+
//   |0|1|2|3|4|5|6|7|0|1|2|3|4|5|6|7|
//   |F|   type    |  layer id |  TID  |     F: forbidden_zero_bit
//   +---------------+---------------+
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "media/annex_b.h"

namespace sotto {

inline constexpr std::size_t kH265NalHeaderSize = 2;

enum class H265NalType : std::uint8_t {
  kTrailR = 1,
  kIdrWRadl = 19,
  kVps = 32,
  kSps = 33,
  kPps = 34,
};

// `nal_unit` must not be empty.
inline H265NalType h265_nal_type(ByteView nal_unit) {
  return static_cast<H265NalType>(nal_unit[0] >> 1 & 0x3f);
}

// The slices of a picture that others may follow: 0 to 9, and 16 to 21, which begin a sequence.
inline bool is_slice(H265NalType type) {
  const int number = static_cast<int>(type);
  return number <= 9 || (number >= 16 && number <= 21);
}

// BLA, IDR and CRA pictures: intra random access points (section 7.4.2.2).
inline bool is_random_access(H265NalType type) {
  const int number = static_cast<int>(type);
  return number >= 16 && number <= 21;
}

inline bool is_parameter_set(H265NalType type) {
  return type == H265NalType::kVps || type == H265NalType::kSps || type == H265NalType::kPps;
}

}  // namespace sotto
