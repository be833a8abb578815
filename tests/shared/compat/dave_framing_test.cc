#include "compat/dave_framing.h"

#include <gtest/gtest.h>

#include <vector>

#include "compat/dave_nal.h"
#include "shared/captured_frames.h"

namespace sotto {
namespace {

TEST(DaveFramingTest, LeavesLittleOfRealFramesInTheClear) {
  for_every_captured_frame([](Codec codec, const CapturedFrame& frame) {
    std::vector<std::uint8_t> out(max_dave_frame_size(codec, frame.bytes.size()));
    ByteWriter writer(out);
    ClearRanges ranges;
    ASSERT_TRUE(prepare_dave_frame(codec, frame.bytes, writer, ranges)) << name(codec);
    ASSERT_TRUE(writer.ok());
    ASSERT_LE(ranges.reach(), writer.size());
    const bool whole = codec == Codec::kOpus || codec == Codec::kVp9;
    if (whole) {
      EXPECT_EQ(ranges.total(), 0u);
      EXPECT_TRUE(equal(writer.written(), frame.bytes));
    }
    if (codec == Codec::kVp8) {
      EXPECT_EQ(ranges.total(), frame.key_frame ? 10u : 1u);
      EXPECT_TRUE(equal(writer.written(), frame.bytes));
    }
    if (codec == Codec::kAv1) {
      EXPECT_LE(ranges.total(), 16u);
    }
    if (codec == Codec::kH264) {
      EXPECT_LE(ranges.total(), 80u);
      EXPECT_FALSE(has_stray_start_code(ranges, writer.written()));
    }
  });
}

TEST(DaveFramingTest, HasRoomForTheMostStartCodesThatFit) {
  std::vector<std::uint8_t> frame;
  for (int i = 0; i < 50; ++i) frame.insert(frame.end(), {0, 0, 1, 9});
  std::vector<std::uint8_t> out(max_dave_frame_size(Codec::kH264, frame.size()));
  ByteWriter writer(out);
  ClearRanges ranges;
  ASSERT_TRUE(prepare_dave_frame(Codec::kH264, frame, writer, ranges));
  EXPECT_TRUE(writer.ok());
  EXPECT_EQ(writer.size(), 250u);
}

TEST(DaveFramingTest, RefusesVp8FramesShorterThanTheirHeader) {
  std::uint8_t out[16];
  ByteWriter writer(out);
  ClearRanges ranges;
  const std::uint8_t key[9] = {};
  EXPECT_EQ(prepare_dave_frame(Codec::kVp8, key, writer, ranges).error(), Error::kMalformed);
}

}  // namespace
}  // namespace sotto
