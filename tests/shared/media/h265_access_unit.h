// Access units of H.265 as an encoder would make them: no encoder is at hand, so the headers are
// real and what lies in the slices is noise.
#pragma once

#include <vector>

#include "base/bytes.h"
#include "media/annex_b.h"
#include "shared/seeded_random.h"

namespace sotto {

using Bytes = std::vector<std::uint8_t>;

struct H265AccessUnit {
  Bytes bytes;
  std::vector<Bytes> parameter_sets;  // VPS, SPS, PPS
};

inline void append_nal_unit(Bytes& stream, ByteView unit, bool long_start_code = true) {
  if (long_start_code) stream.push_back(0);
  stream.insert(stream.end(), {0, 0, 1});
  stream.insert(stream.end(), unit.begin(), unit.end());
}

inline std::vector<Bytes> nal_units(ByteView stream) {
  std::vector<Bytes> units;
  auto splitter = NalSplitter::of(stream).value();
  while (auto unit = splitter.next()) units.emplace_back(unit->begin(), unit->end());
  return units;
}

// NAL unit header (type, layer 0, TID 1) and noise without zeros, so without start codes.
inline Bytes make_h265_nal_unit(unsigned type, std::size_t size, SeededRandom& random) {
  Bytes unit = random.bytes(size);
  for (auto& byte : unit) byte |= 1;
  unit[0] = static_cast<std::uint8_t>(type << 1);
  unit[1] = 1;
  return unit;
}

// An access unit delimiter, parameter sets before an intra random access point (types 16 to 21), an
// SEI message, two slices.
inline H265AccessUnit make_h265_access_unit(unsigned slice_type, SeededRandom& random) {
  H265AccessUnit unit;
  append_nal_unit(unit.bytes, make_h265_nal_unit(35, 3, random));
  if (slice_type >= 16) {
    for (unsigned type : {32u, 33u, 34u}) {
      unit.parameter_sets.push_back(make_h265_nal_unit(type, 8 + random.below(40), random));
      append_nal_unit(unit.bytes, unit.parameter_sets.back());
    }
  }
  append_nal_unit(unit.bytes, make_h265_nal_unit(39, 20, random), false);
  append_nal_unit(unit.bytes, make_h265_nal_unit(slice_type, 400 + random.below(1000), random));
  append_nal_unit(unit.bytes, make_h265_nal_unit(slice_type, 400, random), false);
  return unit;
}

}  // namespace sotto
