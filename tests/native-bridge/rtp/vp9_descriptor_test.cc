#include "rtp/vp9_descriptor.h"

#include <gtest/gtest.h>

#include "base/hex.h"

namespace sotto::bridge {
namespace {

TEST(Vp9Descriptor, ReadsANonFlexibleKeyFrameWithItsStructure) {
  // I L B V; PictureID 15 bits; TID 1 U SID 0; TL0PICIDX; N_S 1 (two layers) Y G; two sizes; N_G
  // 1 with one reference.
  const auto payload = *from_hex(
      "aa"
      "8123"
      "30"
      "44"
      "38"
      "0140"
      "00b4"
      "0280"
      "0168"
      "01"
      "0401"
      "82");
  const auto descriptor = Vp9Descriptor::parse(payload);
  ASSERT_TRUE(descriptor);
  EXPECT_FALSE(descriptor->inter_predicted);
  EXPECT_TRUE(descriptor->frame_start);
  EXPECT_FALSE(descriptor->frame_end);
  EXPECT_EQ(descriptor->picture_id, 0x123);
  EXPECT_EQ(descriptor->temporal, 1);
  EXPECT_TRUE(descriptor->switching_point);
  EXPECT_EQ(descriptor->spatial, 0);
  EXPECT_EQ(descriptor->tl0_picture_index, 0x44);
  EXPECT_EQ(descriptor->size, payload.size() - 1);
}

TEST(Vp9Descriptor, ReadsFlexibleReferences) {
  // I P L F E; PictureID 7 bits; TID 2 SID 1 D; P_DIFF 3 N, P_DIFF 5.
  const auto payload = *from_hex(
      "f4"
      "11"
      "43"
      "07"
      "0a"
      "ff");
  const auto descriptor = Vp9Descriptor::parse(payload);
  ASSERT_TRUE(descriptor);
  EXPECT_EQ(descriptor->picture_id_bits, 7);
  EXPECT_EQ(descriptor->temporal, 2);
  EXPECT_EQ(descriptor->spatial, 1);
  EXPECT_TRUE(descriptor->inter_layer_dependency);
  EXPECT_FALSE(descriptor->tl0_picture_index);
  EXPECT_EQ(descriptor->size, 5u);
}

TEST(Vp9Descriptor, RefusesMoreThanThreeReferences) {
  EXPECT_FALSE(Vp9Descriptor::parse(*from_hex("f411430303030303")));
}

TEST(Vp9Descriptor, RefusesEveryTruncation) {
  const auto payload = *from_hex(
      "aa81233044380140"
      "00b402800168010401");
  for (std::size_t size = 0; size < payload.size(); ++size) {
    EXPECT_FALSE(Vp9Descriptor::parse(ByteView(payload).first(size))) << size;
  }
  EXPECT_TRUE(Vp9Descriptor::parse(payload));
}

}  // namespace
}  // namespace sotto::bridge
