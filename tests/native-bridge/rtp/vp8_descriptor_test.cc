#include "rtp/vp8_descriptor.h"

#include <gtest/gtest.h>

#include "base/hex.h"

namespace sotto::bridge {
namespace {

TEST(Vp8Descriptor, ReadsEveryField) {
  // X, N, S, PID 1; I L T K; 15-bit PictureID; TL0PICIDX; TID 2, Y, KEYIDX 9.
  const auto payload = *from_hex("b1f0923455a9");
  const auto descriptor = Vp8Descriptor::parse(payload);
  ASSERT_TRUE(descriptor);
  EXPECT_TRUE(descriptor->non_reference);
  EXPECT_TRUE(descriptor->partition_start);
  EXPECT_FALSE(descriptor->frame_start()) << "another partition than 0";
  EXPECT_EQ(descriptor->picture_id, 0x1234);
  EXPECT_EQ(descriptor->picture_id_bits, 15);
  EXPECT_EQ(descriptor->tl0_picture_index, 0x55);
  EXPECT_EQ(descriptor->temporal, 2);
  EXPECT_TRUE(descriptor->layer_sync);
  EXPECT_EQ(descriptor->key_index, 9);
  EXPECT_EQ(descriptor->size, 6u);
}

TEST(Vp8Descriptor, ReadsTheShortestForm) {
  const auto payload = *from_hex("10");
  const auto descriptor = Vp8Descriptor::parse(payload);
  ASSERT_TRUE(descriptor);
  EXPECT_TRUE(descriptor->frame_start());
  EXPECT_FALSE(descriptor->picture_id);
  EXPECT_EQ(descriptor->size, 1u);
}

TEST(Vp8Descriptor, RefusesEveryTruncation) {
  const auto payload = *from_hex("b1f0923455a9");
  for (std::size_t size = 0; size < payload.size(); ++size) {
    EXPECT_FALSE(Vp8Descriptor::parse(ByteView(payload).first(size))) << size;
  }
}

}  // namespace
}  // namespace sotto::bridge
