#include "compat/clear_ranges.h"

#include <gtest/gtest.h>

#include <string>

#include "shared/seeded_random.h"

namespace sotto {
namespace {

TEST(ClearRangesTest, JoinsWhatTouchesAndLeavesOutWhatIsEmpty) {
  ClearRanges ranges;
  EXPECT_TRUE(ranges.add(0, 3));
  EXPECT_TRUE(ranges.add(3, 2));
  EXPECT_TRUE(ranges.add(7, 0));
  EXPECT_TRUE(ranges.add(9, 1));
  ASSERT_EQ(ranges.count(), 2u);
  EXPECT_EQ(ranges.begin()[0], (ClearRange{.offset = 0, .size = 5}));
  EXPECT_EQ(ranges.begin()[1], (ClearRange{.offset = 9, .size = 1}));
  EXPECT_EQ(ranges.total(), 6u);
  EXPECT_EQ(ranges.reach(), 10u);
}

TEST(ClearRangesTest, RefusesOverlapsDescentsAndOverflow) {
  ClearRanges ranges;
  ASSERT_TRUE(ranges.add(10, 5));
  EXPECT_EQ(ranges.add(14, 1).error(), Error::kMalformed);
  EXPECT_EQ(ranges.add(0, 1).error(), Error::kMalformed);
  EXPECT_EQ(ranges.add(0xffffffff, 1).error(), Error::kMalformed);
  EXPECT_EQ(ranges.add(20, std::size_t{0xffffffff}).error(), Error::kMalformed);
  EXPECT_EQ(ranges.count(), 1u);
}

TEST(ClearRangesTest, HoldsAsManyAsATrailerCan) {
  ClearRanges ranges;
  for (std::size_t i = 0; i < 121; ++i) ASSERT_TRUE(ranges.add(2 * i, 1));
  EXPECT_EQ(ranges.add(1000, 1).error(), Error::kTooLarge);
}

TEST(ClearRangesTest, ContainsOnlyWhatLiesWhollyInOneRange) {
  ClearRanges ranges;
  ASSERT_TRUE(ranges.add(2, 4));
  ASSERT_TRUE(ranges.add(8, 4));
  EXPECT_TRUE(ranges.contain(2, 4));
  EXPECT_TRUE(ranges.contain(9, 3));
  EXPECT_FALSE(ranges.contain(1, 2));
  EXPECT_FALSE(ranges.contain(4, 3));
  EXPECT_FALSE(ranges.contain(4, 6));
  EXPECT_FALSE(ranges.contain(12, 1));
}

TEST(ClearRangesTest, TakesFramesApart) {
  ClearRanges ranges;
  ASSERT_TRUE(ranges.add(1, 2));
  ASSERT_TRUE(ranges.add(5, 1));
  std::string clear(3, ' ');
  std::string rest(5, ' ');
  const auto writable = [](std::string& text) {
    return MutableBytes(reinterpret_cast<std::uint8_t*>(text.data()), text.size());
  };
  take_apart(ranges, as_bytes("aBCdeFgh"), writable(clear), writable(rest));
  EXPECT_EQ(clear, "BCF");
  EXPECT_EQ(rest, "adegh");
}

TEST(ClearRangesTest, PutsTogetherWhatItTookApartInPlaceToo) {
  SeededRandom random;
  for (int round = 0; round < 2000; ++round) {
    const auto frame = random.bytes(random.below(60));
    ClearRanges ranges;
    for (std::size_t at = 0; at < frame.size();) {
      const std::size_t size = random.below(frame.size() - at + 1);
      if (random.below(2) == 0) {
        ASSERT_TRUE(ranges.add(at, size));
      }
      at += size + 1;
    }
    std::vector<std::uint8_t> clear(ranges.total());
    std::vector<std::uint8_t> back(frame.size());
    const MutableBytes rest = MutableBytes(back).first(frame.size() - ranges.total());
    take_apart(ranges, frame, clear, rest);
    put_together(ranges, clear, rest, back);
    ASSERT_EQ(back, frame) << round;
  }
}

}  // namespace
}  // namespace sotto
