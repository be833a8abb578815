// The codecs that are forwarded.
#pragma once

#include <cstdint>
#include <string_view>

namespace sotto::bridge {

enum class MediaKind : std::uint8_t { kAudio, kVideo };
enum class Codec : std::uint8_t { kOpus, kVp8, kVp9, kH264, kAv1 };

constexpr MediaKind kind(Codec codec) {
  return codec == Codec::kOpus ? MediaKind::kAudio : MediaKind::kVideo;
}

// As in an m-line.
constexpr std::string_view name(MediaKind kind) {
  return kind == MediaKind::kAudio ? "audio" : "video";
}

constexpr std::uint32_t clock_rate(Codec codec) {
  return codec == Codec::kOpus ? 48000 : 90000;
}

// The encoding name of a=rtpmap, as browsers spell it.
constexpr std::string_view name(Codec codec) {
  switch (codec) {
    case Codec::kOpus:
      return "opus";
    case Codec::kVp8:
      return "VP8";
    case Codec::kVp9:
      return "VP9";
    case Codec::kH264:
      return "H264";
    case Codec::kAv1:
      return "AV1";
  }
  return "";
}

}  // namespace sotto::bridge
