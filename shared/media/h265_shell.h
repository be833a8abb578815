// The H.265 shell. A key frame begins with clear copies of its VPS, SPS and PPS NAL units; then,
// as for every frame, comes one slice NAL unit:
//
//   00 00 00 01 | header | prefix | blob, emulation prevented | 80
//
//   header   26 01: IDR_W_RADL          02 01: TRAIL_R
//   prefix   ac                         d0
//
// The prefix is the beginning of a slice segment header (H.265 section 7.3.6.1), as far as
// depacketizers read: first_slice_segment_in_pic_flag 1, for an IDR picture
// no_output_of_prior_pics_flag 0, slice_pic_parameter_set_id 0, slice_type I or P. One NAL unit is
// enough: fragmentation units are always allowed (RFC 7798 section 4.4.3). Temporal sub-layers show
// in the dependency descriptor, not here.
#pragma once

#include <cstddef>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto {

// Parameter sets beyond this size are not those of a camera: kTooLarge.
inline constexpr std::size_t kMaxParameterSetsSize = 1024;

std::size_t max_h265_wire_size(std::size_t blob_size);

// See wrap and unwrap in media/shell.h. kMalformed for a key frame that is no byte stream of annex
// B; kTooLarge when its parameter sets are longer than kMaxParameterSetsSize.
Result<std::size_t> wrap_h265(bool key_frame, ByteView frame, ByteView blob, MutableBytes out);
Result<ByteView> unwrap_h265(ByteView wire, MutableBytes out);

}  // namespace sotto
