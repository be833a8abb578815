// H.264 and H.265 in DAVE: see dave_framing.h. No start code may appear in what was encrypted or in
// the trailer, or a depacketizer would cut there; a sealer that finds one seals again under its
// next nonce.
#pragma once

#include "base/byte_writer.h"
#include "base/bytes.h"
#include "base/result.h"
#include "compat/clear_ranges.h"
#include "media/codec.h"

namespace sotto {

// kMalformed when `frame` does not begin with a start code, or a slice header cannot be read.
Result<void> prepare_dave_nal(Codec codec, ByteView frame, ByteWriter& writer, ClearRanges& ranges);

// True when a start code lies in `wire` that is not wholly within a clear range.
bool has_stray_start_code(const ClearRanges& ranges, ByteView wire);

// How many bytes of an H.264 slice NAL unit, header included, reach to the end of its PPS id:
// first_mb_in_slice, slice_type and pic_parameter_set_id (7.3.3) are three ue(v) codes.
Result<std::size_t> h264_bytes_to_pps_id(ByteView nal_unit);

}  // namespace sotto
