// What DAVE appends to a frame ("protocol supplemental data"), found from the end:
//
//   ... | tag (8) | ULEB128 nonce | (ULEB128 offset | ULEB128 size)* | u8 S | FA FA
//       '--------------------------------- S bytes ---------------------------------'
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/byte_writer.h"
#include "base/bytes.h"
#include "base/result.h"
#include "compat/clear_ranges.h"
#include "compat/uleb128.h"

namespace sotto {

inline constexpr std::size_t kDaveTagSize = 8;
inline constexpr std::size_t kMaxDaveTrailerSize = 255;

struct DaveTrailer {
  ByteView media;  // clear and encrypted bytes, interleaved
  ByteView tag;
  std::uint32_t nonce = 0;
  ClearRanges ranges;
};

// kTruncated for less than the smallest trailer and one byte of media; kMalformed for everything
// else that is no DAVE frame: another marker, a size that does not fit, ranges that overlap,
// descend or leave the media, numbers longer than necessary, bytes left over.
Result<DaveTrailer> parse_dave_trailer(ByteView wire);

// The size of what follows the media; kTooLarge above 255.
Result<std::size_t> dave_trailer_size(std::uint32_t nonce, const ClearRanges& ranges);

// Writes what follows the tag, for a trailer of `size` bytes in all.
void write_dave_trailer(std::uint32_t nonce, const ClearRanges& ranges, std::size_t size,
                        ByteWriter& writer);

}  // namespace sotto
