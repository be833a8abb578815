// The shell of an encrypted frame: the smallest well-formed thing of its codec that packetizers,
// SFUs and depacketizers carry unharmed. It is constant, says nothing but key or delta, is not
// authenticated, and a receiver ignores all of it but where the blob lies.
//
//   codec   on the wire
//   Opus    blob
//   VP9     blob
//   VP8     key: 10 00 00 9d 01 2a 10 00 10 00, blob      delta: 11, blob
//   AV1     key: 08, blob (an OBU of type 1, no size)     delta: 30, blob (type 6)
//   H.264   media/h264_shell.h
//   H.265   media/h265_shell.h
#pragma once

#include <cstddef>

#include "base/bytes.h"
#include "base/result.h"
#include "media/codec.h"

namespace sotto {

// How H.264 frames will be packetized (RFC 6184 section 5.4).
enum class PacketizationMode : std::uint8_t {
  kSingleNalUnit =
      0,  // a NAL unit must fit a packet: the blob is cut into pieces; works everywhere
  kNonInterleaved = 1,  // NAL units may be fragmented: the blob is one piece
};

// True for H.264 and H.265: emulation prevention stretches the blob, so the shell is not only a
// prefix.
constexpr bool is_escaped(Codec codec) {
  return codec == Codec::kH264 || codec == Codec::kH265;
}

// The clear bytes before the blob, of every codec whose shell is nothing else.
// kInvalidArgument for those that are escaped.
Result<ByteView> shell_prefix(Codec codec, bool key_frame);

// What `wrap` can write at most for a blob of this size.
std::size_t max_wire_size(Codec codec, std::size_t blob_size);

// Writes the shell around `blob` and returns the number of bytes written.
// `frame` is the plain encoder frame; only for key frames of H.265 is it looked at (for their
// parameter sets).
// `out` must hold max_wire_size(codec, blob.size()) bytes, else kBufferTooSmall. `blob` may lie in
// `out`: at its very end, or exactly behind the shell prefix.
Result<std::size_t> wrap(Codec codec, bool key_frame, ByteView frame, ByteView blob,
                         MutableBytes out,
                         PacketizationMode mode = PacketizationMode::kSingleNalUnit);

// Finds the blob. The view is into `wire`, or (H.264, H.265) into `out`, which must then hold
// wire.size() bytes and not overlap `wire`. kTruncated or kMalformed when there is no shell: never
// a passthrough.
Result<ByteView> unwrap(Codec codec, ByteView wire, MutableBytes out);

}  // namespace sotto
