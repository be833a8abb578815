// The parts of opening that do not depend on where keys come from: finding the SFrame ciphertext in
// a frame off the wire, and checking what came out of it.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "e2ee/frame_info.h"
#include "media/codec.h"
#include "sframe/header.h"

namespace sotto {

struct SealedFrame {
  ByteView blob;  // header, ciphertext, tag
  Header header;  // as the server says
  std::size_t header_size = 0;
  MutableBytes room;  // of the caller's `out`, for the plain bytes
};

// `out` must hold wire.size() bytes and not overlap `wire`. kTooLarge, kBufferTooSmall, kTruncated,
// kMalformed.
Result<SealedFrame> find_sealed_frame(Codec codec, ByteView wire, MutableBytes out);

struct VerifiedFrame {
  MutableBytes frame;  // the encoder's
  FrameInfo info;      // the sender's word
};

// Splits authentic plain bytes. What the sender says the frame is must be what the slot shows, else
// kWrongState; on every error `plain` is wiped.
Result<VerifiedFrame> check_sealed_info(Codec expected, MutableBytes plain);

}  // namespace sotto
