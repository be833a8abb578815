// Tells a key frame by the encoder's own bytes, for where the browser does not say (its
// frame.type is preferred where it is at hand).
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "media/codec.h"

namespace sotto {

// `frame` is a plain frame as an encoder hands it over: VP8 (RFC 6386), VP9 without payload
// descriptor, AV1 OBUs of one temporal unit, H.264 and H.265 in annex B. False for Opus.
// kTruncated or kMalformed when the frame cannot be read that far; callers must then drop it.
Result<bool> is_key_frame(Codec codec, ByteView frame);

}  // namespace sotto
