#include "e2ee/frame_info.h"

#include <gtest/gtest.h>

#include <set>

namespace sotto {
namespace {

TEST(FrameInfo, HasTheBytesOfTheProfile) {
  EXPECT_EQ(encode({.codec = Codec::kOpus, .key_frame = false}), 0x01);
  EXPECT_EQ(encode({.codec = Codec::kOpus, .key_frame = true}), 0x01) << "audio has no key frames";
  EXPECT_EQ(encode({.codec = Codec::kVp8, .key_frame = true}), 0x32);
  EXPECT_EQ(encode({.codec = Codec::kH264, .key_frame = false}), 0x25);
  EXPECT_EQ(encode({.codec = Codec::kH265, .key_frame = true}), 0x36);
}

TEST(FrameInfo, HasExactlyElevenMeaningsInAllBytes) {
  std::set<int> accepted;
  for (int byte = 0; byte < 256; ++byte) {
    const auto info = decode_frame_info(static_cast<std::uint8_t>(byte));
    if (!info) continue;
    EXPECT_EQ(encode(*info), byte);
    accepted.insert(byte);
  }
  EXPECT_EQ(accepted,
            (std::set<int>{0x01, 0x22, 0x23, 0x24, 0x25, 0x26, 0x32, 0x33, 0x34, 0x35, 0x36}));
}

TEST(FrameInfo, RefusesContradictionsAndTheFuture) {
  EXPECT_EQ(decode_frame_info(0x02).error(), Error::kMalformed) << "VP8 that claims to be audio";
  EXPECT_EQ(decode_frame_info(0x21).error(), Error::kMalformed) << "Opus that claims to be video";
  EXPECT_EQ(decode_frame_info(0x11).error(), Error::kMalformed) << "an audio key frame";
  EXPECT_EQ(decode_frame_info(0x81).error(), Error::kMalformed) << "a reserved bit";
  EXPECT_EQ(decode_frame_info(0x27).error(), Error::kUnsupported) << "a codec of the future";
}

}  // namespace
}  // namespace sotto
