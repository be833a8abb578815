// What DAVE's sender does to a frame before it is sealed, so that it comes through packetizers and
// depacketizers byte for byte, and which bytes of it stay in the clear. Receivers need none of
// this: the ranges travel with the frame.
//
//   Opus, VP9   nothing in the clear
//   VP8         the first byte; 10 of a key frame
//   H.264       start codes, NAL headers, parameter sets and delimiters; of a slice what reaches to
//               the PPS id. Start codes are widened to four bytes (dave_nal.h)
//   H.265       start codes, NAL headers (2 bytes), parameter sets and delimiters; widened too
//   AV1         OBU headers, extensions and sizes. OBUs of types 2, 8 and 15 are dropped, sizes
//               written as short as they go, and the last OBU loses its size (dave_av1.h)
//
// Messages (SEI) are encrypted where the protocol lets them be in the clear: no packetizer reads
// them, and they may say what is on the screen.
#pragma once

#include "base/byte_writer.h"
#include "base/bytes.h"
#include "base/result.h"
#include "compat/clear_ranges.h"
#include "media/codec.h"

namespace sotto {

// What prepare_dave_frame can write at most.
std::size_t max_dave_frame_size(Codec codec, std::size_t plain_size);

// Writes the frame as it will be sealed, at the writer's beginning, and adds its clear ranges.
// kMalformed when the frame cannot be parsed, kTooLarge for too many ranges.
Result<void> prepare_dave_frame(Codec codec, ByteView frame, ByteWriter& writer,
                                ClearRanges& ranges);

}  // namespace sotto
