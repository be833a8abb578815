// What docs/in-the-clear.md says about every byte of a wire, and the check of it.
//
// H.264 and H.265 wires are looked at without their emulation prevention, whose bytes depend on the
// ciphertext (and so does the wire's length).
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/byte_writer.h"
#include "in-the-clear/byte_statistics.h"
#include "media/annex_b.h"

namespace sotto {

using Bytes = std::vector<std::uint8_t>;

enum class Wire : char {
  kConstant =
      'c',        // the same in every sealing of this frame: shell, marks, or the frame's own byte
  kNumber = 'n',  // in the clear, but of the sealing: KID, counter, IV
  kSealed = 's',  // ciphertext or tag
};

using WireMap = std::vector<Wire>;

inline void append(WireMap& map, std::size_t count, Wire kind) {
  map.insert(map.end(), count, kind);
}

// Start codes (all as four bytes) and NAL units without emulation prevention.
inline Bytes without_emulation_prevention(ByteView wire) {
  Bytes out;
  auto units = NalSplitter::of(wire).value();
  while (auto unit = units.next()) {
    Bytes plain(unit->size());
    ByteWriter writer(plain);
    unescape(*unit, writer);
    out.insert(out.end(), std::begin(kStartCode), std::end(kStartCode));
    out.insert(out.end(), plain.begin(),
               plain.begin() + static_cast<std::ptrdiff_t>(writer.size()));
  }
  return out;
}

// Every position must be what the map says; `frame` names the frame in complaints.
inline void expect_only_this_in_the_clear(const ByteStatistics& seen, const WireMap& map,
                                          const std::string& frame) {
  ASSERT_EQ(seen.size(), map.size()) << frame;
  for (std::size_t at = 0; at < map.size(); ++at) {
    if (map[at] == Wire::kConstant) {
      EXPECT_TRUE(seen.is_constant(at)) << frame << ", byte " << at << " of " << map.size();
    } else if (map[at] == Wire::kSealed) {
      EXPECT_TRUE(seen.looks_random(at)) << frame << ", byte " << at << " of " << map.size()
                                         << ": chi-square " << seen.chi_square(at);
    }
  }
}

// The same as a count, for the controls: sealed positions that are not random.
inline std::size_t count_not_random(const ByteStatistics& seen, const WireMap& map) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < map.size(); ++at) {
    if (map[at] == Wire::kSealed && !seen.looks_random(at)) ++count;
  }
  return count;
}

}  // namespace sotto
