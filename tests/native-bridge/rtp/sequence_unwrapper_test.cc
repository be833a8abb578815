#include "rtp/sequence_unwrapper.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

TEST(SequenceUnwrapper, GoesOnOverTheWrap) {
  SequenceUnwrapper unwrapper;
  const std::int64_t first = unwrapper.unwrap(65534);
  EXPECT_EQ(unwrapper.unwrap(65535), first + 1);
  EXPECT_EQ(unwrapper.unwrap(0), first + 2);
  EXPECT_EQ(unwrapper.unwrap(2), first + 4);
  EXPECT_EQ(unwrapper.unwrap(65535), first + 1) << "late, from before the wrap";
  EXPECT_EQ(*unwrapper.newest(), first + 4);
}

TEST(SequenceUnwrapper, NumbersBeforeTheFirstStayPositive) {
  SequenceUnwrapper unwrapper;
  const std::int64_t first = unwrapper.unwrap(3);
  EXPECT_EQ(unwrapper.unwrap(65530), first - 9);
  EXPECT_GT(first - 9, 0);
}

TEST(SequenceUnwrapper, KeepsTheLowBits) {
  SequenceUnwrapper unwrapper;
  std::uint16_t sequence = 7;
  for (int i = 0; i < 100; ++i, sequence = static_cast<std::uint16_t>(sequence + 20000)) {
    EXPECT_EQ(static_cast<std::uint16_t>(unwrapper.unwrap(sequence)), sequence);
  }
}

TEST(TimestampUnwrapper, GoesOnOverTheWrap) {
  TimestampUnwrapper unwrapper;
  const std::int64_t first = unwrapper.unwrap(0xffffff00u);
  EXPECT_EQ(unwrapper.unwrap(0x100u), first + 0x200);
}

TEST(IsNewer, IsAboutTheShorterWay) {
  EXPECT_TRUE(is_newer<std::uint16_t>(1, 65535));
  EXPECT_FALSE(is_newer<std::uint16_t>(65535, 1));
  EXPECT_FALSE(is_newer<std::uint16_t>(5, 5));
}

}  // namespace
}  // namespace sotto::bridge
