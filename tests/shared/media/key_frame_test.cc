#include "media/key_frame.h"

#include <gtest/gtest.h>

#include "shared/captured_frames.h"
#include "shared/media/h265_access_unit.h"

namespace sotto {
namespace {

TEST(KeyFrame, AgreesWithTheBrowserOnEveryCapturedFrame) {
  for_every_captured_frame([](Codec codec, const CapturedFrame& frame) {
    const auto key = is_key_frame(codec, frame.bytes);
    ASSERT_TRUE(key) << name(codec);
    EXPECT_EQ(*key, frame.key_frame) << name(codec);
  });
}

TEST(KeyFrame, OfVp9KnowsProfile3AndRepeatedFrames) {
  const auto is_key = [](std::uint8_t first) {
    return is_key_frame(Codec::kVp9, ByteView(&first, 1));
  };
  EXPECT_TRUE(*is_key(0b1000'0000));
  EXPECT_FALSE(*is_key(0b1000'0100)) << "an inter frame";
  EXPECT_FALSE(*is_key(0b1000'1000)) << "show_existing_frame";
  EXPECT_TRUE(*is_key(0b1011'0000)) << "profile 3";
  EXPECT_FALSE(*is_key(0b1011'0010)) << "profile 3, inter";
  EXPECT_EQ(is_key(0b1011'1000).error(), Error::kMalformed) << "reserved bit";
  EXPECT_EQ(is_key(0b0100'0000).error(), Error::kMalformed) << "frame marker";
}

TEST(KeyFrame, OfH265IsAnyPictureThatBeginsASequence) {
  SeededRandom random;
  for (unsigned type = 0; type < 32; ++type) {
    const auto key = is_key_frame(Codec::kH265, make_h265_access_unit(type, random).bytes);
    if (type <= 9 || (type >= 16 && type <= 21)) {
      EXPECT_EQ(*key, type >= 16) << type;
    } else {
      EXPECT_EQ(key.error(), Error::kMalformed) << type << " is no slice";
    }
  }
}

TEST(KeyFrame, IsAnErrorNotAGuessWhereTheFrameCannotBeRead) {
  for (Codec codec : {Codec::kVp8, Codec::kVp9, Codec::kAv1, Codec::kH264, Codec::kH265}) {
    EXPECT_FALSE(is_key_frame(codec, {})) << name(codec);
  }
  const std::uint8_t overlong_obu[] = {0x12, 0x7f, 0x00};
  EXPECT_EQ(is_key_frame(Codec::kAv1, overlong_obu).error(), Error::kTruncated);
  const std::uint8_t no_slice[] = {0, 0, 1, 0x67, 0x42};
  EXPECT_EQ(is_key_frame(Codec::kH264, no_slice).error(), Error::kMalformed);
  const std::uint8_t only_sps[] = {0, 0, 1, 0x42, 0x01, 0x55};
  EXPECT_EQ(is_key_frame(Codec::kH265, only_sps).error(), Error::kMalformed);
}

}  // namespace
}  // namespace sotto
