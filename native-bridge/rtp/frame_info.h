// What routing needs to know about one packet, read from payload descriptors, the Dependency
// Descriptor and the constant shell bytes that an end-to-end encrypted frame keeps; nothing
// behind them is looked at, so a random payload gives the same answer.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "rtp/codec.h"
#include "rtp/dependency_descriptor.h"

namespace sotto::bridge {

struct FrameInfo {
  // First packet of a frame (of one spatial layer, where there are several). H.264 and AV1
  // without Dependency Descriptor can have more than one such packet in a frame: go by the
  // timestamp as well.
  bool frame_start = false;
  // Last packet of a layer's frame.
  bool frame_end = false;
  // The first packet of a frame at which decoding can begin.
  bool key_frame = false;
  std::uint8_t spatial = 0;
  std::uint8_t temporal = 0;
  // Nothing in the same stream refers to this frame.
  bool discardable = false;
  // From this frame on a higher temporal layer may be forwarded.
  bool switching_point = false;
  std::optional<std::uint16_t> picture_id;  // 7 or 15 bits: see picture_id_bits
  std::uint8_t picture_id_bits = 0;
  std::optional<std::uint8_t> tl0_picture_index;
  std::optional<std::uint8_t> key_index;  // VP8 KEYIDX, 5 bits
};

// `marker` is the RTP marker bit; `payload` has no padding and is not empty. kTruncated or
// kMalformed when the descriptor is not one of `codec`. `descriptor` may be null.
Result<FrameInfo> inspect_frame(Codec codec, bool marker, ByteView payload,
                                const DependencyDescriptor* descriptor);

}  // namespace sotto::bridge
