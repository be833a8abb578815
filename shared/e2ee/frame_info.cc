#include "e2ee/frame_info.h"

namespace sotto {
namespace {

constexpr std::uint8_t kReservedBits = 0xc0;
constexpr std::uint8_t kVideoBit = 0x20;
constexpr std::uint8_t kKeyFrameBit = 0x10;
constexpr std::uint8_t kCodecBits = 0x0f;

}  // namespace

std::uint8_t encode(const FrameInfo& info) {
  std::uint8_t byte = static_cast<std::uint8_t>(info.codec);
  if (!is_video(info.codec)) return byte;
  byte |= kVideoBit;
  if (info.key_frame) byte |= kKeyFrameBit;
  return byte;
}

Result<FrameInfo> decode_frame_info(std::uint8_t byte) {
  if ((byte & kReservedBits) != 0) return fail(Error::kMalformed);
  TRY(const Codec codec, codec_from_number(byte & kCodecBits));
  const FrameInfo info{.codec = codec, .key_frame = (byte & kKeyFrameBit) != 0};
  if (encode(info) != byte) return fail(Error::kMalformed);
  return info;
}

}  // namespace sotto
