// The first sealed byte of every frame. The shell and the server say what a frame is; this byte
// is the sender's own word, checked after opening, so that nothing can be shown as something else.
//
//    0 1 2 3 4 5 6 7
//   +-+-+-+-+-+-+-+-+
//   |0|0|V|K| codec |   V: video   K: key frame   codec: media/codec.h
//   +-+-+-+-+-+-+-+-+
#pragma once

#include <cstdint>

#include "base/result.h"
#include "media/codec.h"

namespace sotto {

struct FrameInfo {
  Codec codec = Codec::kOpus;
  bool key_frame = false;

  friend bool operator==(const FrameInfo&, const FrameInfo&) = default;
};

// The key flag of audio is always 0.
std::uint8_t encode(const FrameInfo& info);

// kUnsupported for an unknown codec; kMalformed for a set reserved bit, a V that contradicts the
// codec, or a key flag on audio.
Result<FrameInfo> decode_frame_info(std::uint8_t byte);

}  // namespace sotto
