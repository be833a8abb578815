#include "compat/clear_prefix.h"

#include <optional>

#include "media/h264_nal.h"
#include "media/h265_nal.h"
#include "media/key_frame.h"

namespace sotto {
namespace {

constexpr std::size_t kOpusToc = 1;
constexpr std::size_t kVp8KeyHeader = 10;
constexpr std::size_t kVp8DeltaHeader = 3;
// The NAL header and, in H.264, the first byte of the slice header.
constexpr std::size_t kIntoSlice = 2;

Result<std::size_t> at_most(std::size_t prefix, ByteView frame) {
  if (frame.size() < prefix) return fail(Error::kMalformed);
  return prefix;
}

Result<std::size_t> vp8_prefix(ByteView frame) {
  TRY(const bool key, is_key_frame(Codec::kVp8, frame));
  return at_most(key ? kVp8KeyHeader : kVp8DeltaHeader, frame);
}

bool begins_slice(Codec codec, ByteView unit) {
  if (codec == Codec::kH265) return is_slice(h265_nal_type(unit));
  const NalType type = nal_type(unit);
  return type == NalType::kSlice || type == NalType::kIdrSlice;
}

// A prefix that ends in a zero could make a start code with the ciphertext behind it. No encoder
// writes one: the second byte is the beginning of first_mb_in_slice = 0 (H.264), or holds the
// temporal id plus one (H.265).
Result<std::size_t> nal_prefix(Codec codec, ByteView frame) {
  TRY(NalSplitter units, NalSplitter::of(frame));
  while (const std::optional<ByteView> unit = units.next()) {
    if (!begins_slice(codec, *unit)) continue;
    if (unit->size() < kIntoSlice || (*unit)[1] == 0) return fail(Error::kMalformed);
    return static_cast<std::size_t>(unit->data() - frame.data()) + kIntoSlice;
  }
  return fail(Error::kMalformed);
}

}  // namespace

Result<std::size_t> jframe_clear_prefix(Codec codec, ByteView frame) {
  if (codec == Codec::kOpus) return at_most(kOpusToc, frame);
  if (codec == Codec::kVp8) return vp8_prefix(frame);
  return fail(Error::kUnsupported);
}

Result<std::size_t> livekit_clear_prefix(Codec codec, ByteView frame) {
  if (codec == Codec::kVp9) return std::size_t{0};
  if (is_nal_stream(codec)) return nal_prefix(codec, frame);
  return jframe_clear_prefix(codec, frame);
}

bool is_nal_stream(Codec codec) {
  return codec == Codec::kH264 || codec == Codec::kH265;
}

}  // namespace sotto
