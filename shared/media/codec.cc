#include "media/codec.h"

#include <algorithm>

namespace sotto {
namespace {

struct MimeType {
  std::string_view mime;
  Codec codec;
};

// The first of each codec is its name.
constexpr MimeType kMimeTypes[] = {
    {"audio/opus", Codec::kOpus}, {"audio/red", Codec::kOpus}, {"video/VP8", Codec::kVp8},
    {"video/VP9", Codec::kVp9},   {"video/AV1", Codec::kAv1},  {"video/H264", Codec::kH264},
    {"video/H265", Codec::kH265},
};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool same_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

bool is_video(Codec codec) {
  return codec != Codec::kOpus;
}

Result<Codec> codec_from_mime(std::string_view mime) {
  for (const MimeType& type : kMimeTypes) {
    if (same_ignoring_case(type.mime, mime)) return type.codec;
  }
  return fail(Error::kUnsupported);
}

Result<Codec> codec_from_number(std::uint8_t number) {
  for (const MimeType& type : kMimeTypes) {
    if (static_cast<std::uint8_t>(type.codec) == number) return type.codec;
  }
  return fail(Error::kUnsupported);
}

std::string_view name(Codec codec) {
  for (const MimeType& type : kMimeTypes) {
    if (type.codec == codec) return type.mime;
  }
  return "unknown";
}

}  // namespace sotto
