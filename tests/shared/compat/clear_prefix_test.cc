#include "compat/clear_prefix.h"

#include <gtest/gtest.h>

#include <vector>

#include "shared/captured_frames.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

TEST(ClearPrefixTest, LeavesOfRealFramesWhatTheTableSays) {
  for_every_captured_frame([](Codec codec, const CapturedFrame& frame) {
    const auto prefix = livekit_clear_prefix(codec, frame.bytes);
    if (codec == Codec::kAv1) {
      EXPECT_EQ(prefix.error(), Error::kUnsupported);
      return;
    }
    ASSERT_TRUE(prefix);
    if (codec == Codec::kOpus) {
      EXPECT_EQ(*prefix, 1u);
    }
    if (codec == Codec::kVp9) {
      EXPECT_EQ(*prefix, 0u);
    }
    if (codec == Codec::kVp8) {
      EXPECT_EQ(*prefix, frame.key_frame ? 10u : 3u);
    }
    if (codec == Codec::kH264) {
      const std::uint8_t slice = frame.bytes[*prefix - 2] & 0x1f;
      EXPECT_EQ(slice, frame.key_frame ? 5 : 1);
      EXPECT_LT(*prefix, 120u);
    }
  });
}

TEST(ClearPrefixTest, StopsTwoBytesIntoTheFirstSliceWhateverComesBefore) {
  const Bytes h264 = {0, 0, 0, 1, 0x67, 1, 2, 0, 0, 1, 0x68, 3, 0, 0, 0, 1, 0x65, 0x88, 9, 9};
  EXPECT_EQ(livekit_clear_prefix(Codec::kH264, h264).value(), 18u);
  const Bytes h265 = {0, 0, 0, 1, 0x40, 1, 7, 0, 0, 1, 0x26, 1, 9, 9};
  EXPECT_EQ(livekit_clear_prefix(Codec::kH265, h265).value(), 12u);
}

TEST(ClearPrefixTest, KnowsEverySliceTypeOfH265) {
  for (int type = 0; type < 64; ++type) {
    const Bytes frame = {0, 0, 1, static_cast<std::uint8_t>(type << 1), 1, 9};
    const bool slice = type <= 9 || (type >= 16 && type <= 21);
    EXPECT_EQ(livekit_clear_prefix(Codec::kH265, frame).has_value(), slice) << type;
  }
}

TEST(ClearPrefixTest, RefusesFramesThatAreTooShortOrHaveNoSlice) {
  const Bytes vp8_key(9, 0);
  const Bytes vp8_delta = {1, 0};
  const Bytes parameter_sets = {0, 0, 0, 1, 0x67, 1, 2, 0, 0, 0, 1, 0x68, 3};
  const Bytes cut_slice = {0, 0, 0, 1, 0x65};
  const Bytes ends_in_zero = {0, 0, 0, 1, 0x65, 0, 1, 9};
  const Bytes garbage = {9, 9, 9, 9};
  EXPECT_EQ(livekit_clear_prefix(Codec::kOpus, {}).error(), Error::kMalformed);
  EXPECT_EQ(jframe_clear_prefix(Codec::kVp8, vp8_key).error(), Error::kMalformed);
  EXPECT_EQ(jframe_clear_prefix(Codec::kVp8, vp8_delta).error(), Error::kMalformed);
  EXPECT_EQ(livekit_clear_prefix(Codec::kH264, parameter_sets).error(), Error::kMalformed);
  EXPECT_EQ(livekit_clear_prefix(Codec::kH264, cut_slice).error(), Error::kMalformed);
  EXPECT_EQ(livekit_clear_prefix(Codec::kH264, ends_in_zero).error(), Error::kMalformed);
  EXPECT_EQ(livekit_clear_prefix(Codec::kH265, garbage).error(), Error::kMalformed);
}

TEST(ClearPrefixTest, JFrameCarriesOpusAndVp8Alone) {
  const Bytes frame(40, 1);
  EXPECT_TRUE(jframe_clear_prefix(Codec::kOpus, frame));
  EXPECT_TRUE(jframe_clear_prefix(Codec::kVp8, frame));
  for (Codec codec : {Codec::kVp9, Codec::kAv1, Codec::kH264, Codec::kH265}) {
    EXPECT_EQ(jframe_clear_prefix(codec, frame).error(), Error::kUnsupported);
  }
}

}  // namespace
}  // namespace sotto
