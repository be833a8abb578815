// The first bytes of a frame that LiveKit and JFrame leave in the clear, so that packetizers, SFUs
// and depacketizers find what they look for. They are authenticated.
//
//             LiveKit                                                         JFrame
//   Opus      1 (the TOC byte, RFC 6716 section 3.1)                          1
//   VP8       10 of a key frame, 3 of another (RFC 6386 section 9.1)          10, 3
//   VP9       0                                                               -
//   H.264     all up to 2 bytes into the first slice NAL unit (types 1, 5)    -
//   H.265     the same (types 0 to 9 and 16 to 21)                            -
//   AV1       -                                                               -
#pragma once

#include <cstddef>

#include "base/bytes.h"
#include "base/result.h"
#include "media/codec.h"

namespace sotto {

// The size of the prefix, by the frame's own bytes: the same before sealing and on the wire.
// kUnsupported for a codec that the format does not carry; kMalformed when the frame is too short
// for its prefix or has no slice.
using ClearPrefix = Result<std::size_t> (*)(Codec codec, ByteView frame);

Result<std::size_t> livekit_clear_prefix(Codec codec, ByteView frame);
Result<std::size_t> jframe_clear_prefix(Codec codec, ByteView frame);

// True where LiveKit escapes everything behind the prefix, so that it holds no start code.
bool is_nal_stream(Codec codec);

}  // namespace sotto
