#include "mls/keys/hash_ratchet.h"

#include <gtest/gtest.h>

#include "mls/bytes.h"
#include "shared/mls/keys/secrets.h"

namespace sotto::mls {
namespace {

constexpr Suite kSuite = kBothSuites[0];

class HashRatchetTest : public testing::Test {
 protected:
  // The key, used up; or why there is none.
  Result<Bytes> use(std::uint32_t generation) {
    TRY(auto step, ratchet.peek(kSuite, generation, limits));
    ratchet.take(step, limits);
    return to_bytes(step.key_and_nonce.key());
  }

  RatchetLimits limits{.max_ahead = 10, .max_skipped = 4};
  HashRatchet ratchet{secret_of(1)};
};

TEST_F(HashRatchetTest, GivesTheSameKeysInWhateverOrderTheyAreAskedFor) {
  std::vector<Bytes> in_order;
  for (std::uint32_t generation : {0, 1, 2, 3}) in_order.push_back(*use(generation));
  HashRatchet again{secret_of(1)};
  std::swap(ratchet, again);
  for (std::uint32_t generation : {2, 0, 3, 1}) EXPECT_EQ(*use(generation), in_order[generation]);
}

TEST_F(HashRatchetTest, HandsNoKeyOutTwice) {
  for (std::uint32_t generation : {3, 1}) ASSERT_TRUE(use(generation));
  for (std::uint32_t generation : {3, 1}) EXPECT_EQ(use(generation).error(), Error::kReplayed);
  for (std::uint32_t generation : {0, 2, 4}) EXPECT_TRUE(use(generation));
  EXPECT_EQ(ratchet.skipped(), 0u);
}

TEST_F(HashRatchetTest, GoesAheadUpToItsLimit) {
  EXPECT_EQ(use(11).error(), Error::kTooLarge);
  EXPECT_EQ(use(0xffffffff).error(), Error::kTooLarge);
  EXPECT_EQ(ratchet.next_generation(), 0u);
  EXPECT_TRUE(use(10));
  EXPECT_EQ(ratchet.next_generation(), 11u);
}

TEST_F(HashRatchetTest, KeepsTheLatestOfTheKeysThatItSkips) {
  ASSERT_TRUE(use(10));
  EXPECT_EQ(ratchet.skipped(), 4u);
  EXPECT_EQ(use(5).error(), Error::kReplayed);
  EXPECT_TRUE(use(6));
  ASSERT_TRUE(use(13));  // skips 11 and 12; 7, 8 and 9 were kept
  EXPECT_EQ(ratchet.skipped(), 4u);
  EXPECT_EQ(use(7).error(), Error::kReplayed);
  for (std::uint32_t generation : {8, 9, 11, 12}) EXPECT_TRUE(use(generation)) << generation;
}

TEST_F(HashRatchetTest, KeepsNoneWhereNoneAreWanted) {
  limits.max_skipped = 0;
  ASSERT_TRUE(use(3));
  EXPECT_EQ(use(2).error(), Error::kReplayed);
  EXPECT_TRUE(use(4));
}

TEST_F(HashRatchetTest, ChangesNothingByBeingPeekedAt) {
  const auto first = ratchet.peek(kSuite, 4, limits);
  const auto second = ratchet.peek(kSuite, 4, limits);
  EXPECT_TRUE(equal(first->key_and_nonce.key(), second->key_and_nonce.key()));
  EXPECT_EQ(ratchet.next_generation(), 0u);
  EXPECT_EQ(ratchet.skipped(), 0u);
}

}  // namespace
}  // namespace sotto::mls
