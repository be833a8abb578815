#include "room/group_kid.h"

#include <gtest/gtest.h>

namespace sotto::room {
namespace {

// The layout of RFC 9605's example (there E = 4): context, index, epoch from left to right.
TEST(GroupKid, IsContextLeafAndEpoch) {
  EXPECT_EQ((GroupKid{0, {3}, 14}).kid(6), 0x30eu);
  EXPECT_EQ((GroupKid{2, {2}, 16}).kid(6), 0x8210u);
  EXPECT_EQ((GroupKid{15, {0xffff'ffff}, 255}).kid(32), 0xf'ffff'ffff'ffu);
}

TEST(GroupKid, ReadsWhatItWrites) {
  for (unsigned bits : {0u, 1u, 7u, 10u, 32u}) {
    for (std::uint8_t context : std::initializer_list<std::uint8_t>{0, 1, 15}) {
      const std::uint32_t leaf = bits == 0 ? 0 : 1;
      const auto read = GroupKid::of(GroupKid{context, {leaf}, 200}.kid(bits), bits);
      ASSERT_TRUE(read);
      EXPECT_EQ(read->context, context);
      EXPECT_EQ(read->leaf.value, leaf);
      EXPECT_EQ(read->epoch, 200);
    }
  }
}

TEST(GroupKid, HasSixteenContexts) {
  EXPECT_EQ(GroupKid::of(GroupKid{15, {1}, 0}.kid(3) + (1u << 11), 3).error(), Error::kUnknownKey);
  EXPECT_EQ(GroupKid::of(~std::uint64_t{0}, 32).error(), Error::kUnknownKey);
}

TEST(GroupKid, CountsTheBitsOfATree) {
  EXPECT_EQ(leaf_bits_of(1), 0u);
  EXPECT_EQ(leaf_bits_of(2), 1u);
  EXPECT_EQ(leaf_bits_of(1024), 10u);
  EXPECT_EQ(leaf_bits_of(0x8000'0000), 31u);
}

}  // namespace
}  // namespace sotto::room
