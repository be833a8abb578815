#include "media/codec.h"

#include <gtest/gtest.h>

namespace sotto {
namespace {

TEST(Codec, ComesFromTheMimeTypeInAnyCase) {
  EXPECT_EQ(*codec_from_mime("video/VP8"), Codec::kVp8);
  EXPECT_EQ(*codec_from_mime("video/vp9"), Codec::kVp9);
  EXPECT_EQ(*codec_from_mime("VIDEO/AV1"), Codec::kAv1);
  EXPECT_EQ(*codec_from_mime("video/h264"), Codec::kH264);
  EXPECT_EQ(*codec_from_mime("video/H265"), Codec::kH265);
  EXPECT_EQ(*codec_from_mime("audio/opus"), Codec::kOpus);
  EXPECT_EQ(*codec_from_mime("audio/red"), Codec::kOpus);
}

TEST(Codec, IsRefusedWhenNobodyHereKnowsHowToSealIt) {
  for (const char* mime : {"", "VP8", "video/VP80", "video/H266", "video/rtx", "audio/PCMU"}) {
    EXPECT_EQ(codec_from_mime(mime).error(), Error::kUnsupported) << mime;
  }
}

TEST(Codec, KeepsItsNumberAndName) {
  const std::pair<int, const char*> table[] = {{1, "audio/opus"}, {2, "video/VP8"},
                                               {3, "video/VP9"},  {4, "video/AV1"},
                                               {5, "video/H264"}, {6, "video/H265"}};
  for (const auto& [number, mime] : table) {
    const Codec codec = *codec_from_number(static_cast<std::uint8_t>(number));
    EXPECT_EQ(name(codec), mime);
    EXPECT_EQ(*codec_from_mime(mime), codec);
    EXPECT_EQ(is_video(codec), number != 1);
  }
  EXPECT_FALSE(codec_from_number(0));
  EXPECT_FALSE(codec_from_number(7));
}

}  // namespace
}  // namespace sotto
