// The H.264 shell. An IDR picture begins with an SPS and a PPS NAL unit, the same for everybody and
// always; then come slice NAL units, each with a piece of the blob:
//
//   00 00 00 01 | header | prefix | piece, emulation prevented | 80
//
//   header   65: IDR slice                      41: other slice
//   prefix   b8: first piece, 4e: further       e0: first piece, 58: further
//
// The prefix is the smallest slice header that packetizers and depacketizers accept: first_mb 0 in
// the first piece (so that it begins a picture), not 0 in further ones, and pps_id 0. The 80 keeps
// the NAL unit from ending in a zero. The encoder's own parameter sets are in the blob. Those of
// the shell are there because an IDR picture without any is refused; their size is that of an
// ordinary camera, because some browsers choose a decoder by it.
#pragma once

#include <cstddef>

#include "base/bytes.h"
#include "base/result.h"
#include "media/shell.h"

namespace sotto {

// Small enough for a packet of 1,200 bytes with header extensions.
inline constexpr std::size_t kSingleNalUnitPiece = 1000;

std::size_t max_h264_wire_size(std::size_t blob_size);

// See wrap and unwrap in media/shell.h.
Result<std::size_t> wrap_h264(bool key_frame, ByteView blob, MutableBytes out,
                              PacketizationMode mode);
Result<ByteView> unwrap_h264(ByteView wire, MutableBytes out);

}  // namespace sotto
