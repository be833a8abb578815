#include "sfu/sequence_map.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <vector>

#include "support/seeded_random.h"

namespace sotto::bridge {
namespace {

TEST(SequenceMap, NumbersFollowEachOtherFromTheRandomStart) {
  SequenceMap map(50);
  map.restart(100, 1);
  EXPECT_EQ(map.map(100), 50);
  EXPECT_EQ(map.map(101), 51);
}

TEST(SequenceMap, ALostPacketLeavesAGapThatItsLateCopyFills) {
  SequenceMap map(50);
  map.restart(100, 1);
  EXPECT_EQ(map.map(100), 50);
  EXPECT_EQ(map.map(102), 52);
  EXPECT_EQ(map.map(101), 51);
}

TEST(SequenceMap, ConsumedPaddingClosesUp) {
  SequenceMap map(50);
  map.restart(100, 1);
  EXPECT_EQ(map.map(100), 50);
  EXPECT_TRUE(map.consume(101));
  EXPECT_EQ(map.map(102), 51);
  EXPECT_TRUE(map.consume(103));
  EXPECT_TRUE(map.consume(104));
  EXPECT_EQ(map.map(105), 52);
}

TEST(SequenceMap, ALostPacketBeforeConsumedPaddingKeepsItsNumber) {
  SequenceMap map(50);
  map.restart(100, 1);
  EXPECT_EQ(map.map(100), 50);
  EXPECT_TRUE(map.consume(102));
  EXPECT_EQ(map.map(103), 52);
  EXPECT_EQ(map.map(101), 51);
}

TEST(SequenceMap, PaddingThatComesTooLateMustBeForwarded) {
  SequenceMap map(50);
  map.restart(100, 1);
  EXPECT_EQ(map.map(100), 50);
  EXPECT_EQ(map.map(102), 52);
  EXPECT_FALSE(map.consume(101));
  EXPECT_EQ(map.map(101), 51);
}

TEST(SequenceMap, AChangeOfSourceGoesOnWithTheNextNumber) {
  SequenceMap map(50);
  map.restart(100, 1);
  map.map(100);
  map.map(101);
  map.restart(9000, 2);
  EXPECT_EQ(map.map(9000), 52);
  EXPECT_EQ(map.map(8999), std::nullopt) << "from before the change";
}

TEST(SequenceMap, AJumpOfTheSourceClosesUp) {
  SequenceMap map(50);
  map.restart(100, 1);
  map.map(100);
  EXPECT_EQ(map.map(100 + 20000), 51);
  EXPECT_EQ(map.map(100 + 20001), 52);
}

TEST(SequenceMap, OriginTellsWhichPacketHadANumber) {
  SequenceMap map(50);
  map.restart(100, 1);
  map.map(100);
  map.consume(101);
  map.map(102);
  map.restart(7, 2);
  map.map(7);
  ASSERT_TRUE(map.origin(51));
  EXPECT_EQ(map.origin(51)->in, 102);
  EXPECT_EQ(map.origin(51)->epoch, 1u);
  EXPECT_EQ(map.origin(52)->in, 7);
  EXPECT_EQ(map.origin(52)->epoch, 2u);
  EXPECT_FALSE(map.origin(53)) << "not yet out";
  EXPECT_FALSE(map.origin(49)) << "before the beginning";
}

TEST(SequenceMap, GoesOnPastTheTurnOfSixteenBits) {
  SequenceMap map(0x7ffe);
  map.restart(0, 1);
  std::uint16_t expected = 0x7ffe;
  for (std::int64_t in = 0; in < 200'000; ++in) ASSERT_EQ(map.map(in), expected++);
  EXPECT_EQ(map.origin(static_cast<std::uint16_t>(expected - 1))->in, 199'999);
}

// Random loss, reordering, padding and changes of source: what was delivered never shares a
// number, in-order numbers have no holes but for lost packets, and origin() names each packet.
TEST(SequenceMap, NoNumberIsGivenTwiceWhateverHappens) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    test::SeededRandom random(seed);
    SequenceMap map(static_cast<std::uint16_t>(random.u32()));
    std::set<std::int64_t> given;
    std::int64_t highest = -1;
    std::uint32_t epoch = 0;
    for (int source = 0; source < 6; ++source) {
      std::vector<std::int64_t> order;
      const auto start = static_cast<std::int64_t>(random.below(60000));
      for (int i = 0; i < 200; ++i) {
        if (random.below(20) != 0) order.push_back(start + i);
      }
      for (std::size_t i = 0; i + 5 < order.size(); ++i) {
        if (random.below(8) == 0) std::swap(order[i], order[i + 1 + random.below(4)]);
      }
      map.restart(order[0], ++epoch);
      for (const std::int64_t in : order) {
        if (in % 11 == 0 && map.consume(in)) continue;
        const auto out = map.map(in);
        if (!out) continue;
        const std::int64_t wide = map.next_out() - 1 +
            static_cast<std::int16_t>(static_cast<std::uint16_t>(*out - (map.next_out() - 1)));
        ASSERT_TRUE(given.insert(wide).second) << "seed " << seed;
        ASSERT_EQ(map.origin(*out)->in, in) << "seed " << seed;
        ASSERT_EQ(map.origin(*out)->epoch, epoch);
        ASSERT_TRUE(highest < 0 || wide <= highest + 16) << "a hole that nothing explains";
        highest = std::max(highest, wide);
      }
    }
  }
}

}  // namespace
}  // namespace sotto::bridge
