// The codecs whose frames Sotto seals.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace sotto {

// The values are the low four bits of the first sealed byte (e2ee/frame_info.h): never renumber.
enum class Codec : std::uint8_t {
  kOpus = 1,  // also when it travels as RED (RFC 2198)
  kVp8 = 2,
  kVp9 = 3,
  kAv1 = 4,
  kH264 = 5,
  kH265 = 6,
};

// True for every codec but Opus.
bool is_video(Codec codec);

// "video/VP8" and the like, as a browser's RTCRtpCodec and frame metadata name it; upper and lower
// case are the same (RFC 6838 section 4.2). kUnsupported for every other type.
Result<Codec> codec_from_mime(std::string_view mime);

// The codec of this number, as it crosses a C interface or a sealed byte. kUnsupported otherwise.
Result<Codec> codec_from_number(std::uint8_t number);

// The mime type, e.g. "video/AV1".
std::string_view name(Codec codec);

}  // namespace sotto
