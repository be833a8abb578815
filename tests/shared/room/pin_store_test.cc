#include "room/pin_store.h"

#include <gtest/gtest.h>

#include "support/policy_for_test.h"

namespace sotto::room {
namespace {

LeafIdentity who(std::uint8_t key, const char* name) {
  LeafIdentity identity;
  identity.identity_key.fill(key);
  identity.name = name;
  return identity;
}

TEST(PinStore, PinsOnFirstUse) {
  PinStore pins;
  EXPECT_EQ(pins.meet(who(1, "Ann")), Standing::kNew);
  EXPECT_EQ(pins.meet(who(1, "Ann")), Standing::kPinned);
  pins.verify(who(1, "Ann"));
  EXPECT_EQ(pins.meet(who(1, "Ann")), Standing::kVerified);
}

TEST(PinStore, FlagsAKnownNameOnAnotherKey) {
  PinStore pins;
  pins.verify(who(1, "Ann"));
  EXPECT_EQ(pins.meet(who(2, "Ann")), Standing::kChanged);
  EXPECT_EQ(pins.meet(who(2, "Ann")), Standing::kChanged) << "seeing it twice changes nothing";
  EXPECT_EQ(pins.meet(who(2, "aNN")), Standing::kChanged);
  EXPECT_EQ(pins.meet(who(2, "Ann\u200d")), Standing::kChanged);
  EXPECT_EQ(pins.standing(who(1, "Ann")), Standing::kVerified);
}

TEST(PinStore, WouldTakeAnybodyByAKnownNameWithoutTheRule) {
  PinStore pins(PolicyForTest::without(Rule::kPins));
  pins.verify(who(1, "Ann"));
  EXPECT_EQ(pins.meet(who(2, "Ann")), Standing::kNew);
  EXPECT_EQ(pins.meet(who(2, "Ann")), Standing::kPinned);
}

TEST(PinStore, FlagsAKnownPersonWhoTakesAnothersName) {
  PinStore pins;
  pins.meet(who(1, "Ann"));
  pins.verify(who(2, "Ben"));
  EXPECT_EQ(pins.meet(who(2, "Ann")), Standing::kChanged);
  EXPECT_EQ(pins.meet(who(2, "Benjamin")), Standing::kPinned) << "a name of their own is fine";
  EXPECT_EQ(pins.standing(who(3, "Ben")), Standing::kChanged);
  EXPECT_EQ(pins.meet(who(1, "Annie")), Standing::kPinned);
  EXPECT_EQ(pins.standing(who(3, "Ann")), Standing::kNew) << "nobody goes by it any more";
}

// Somebody whom I have verified comes as somebody whom I have never met: whoever that is, no person
// has compared anything with it.
TEST(PinStore, KeepsAVerificationToTheNameThatWasVerified) {
  PinStore pins;
  pins.verify(who(1, "Mallory"));
  EXPECT_EQ(pins.meet(who(1, "The chair")), Standing::kPinned);
  EXPECT_EQ(pins.meet(who(1, "The chair")), Standing::kPinned);
  EXPECT_EQ(pins.meet(who(1, "Mallory")), Standing::kVerified);
  PinStore again;
  EXPECT_TRUE(again.restore(pins.save()));
  EXPECT_EQ(again.standing(who(1, "The chair")), Standing::kPinned);
  EXPECT_EQ(again.standing(who(1, "Mallory")), Standing::kVerified);
  again.verify(who(1, "The chair"));
  EXPECT_EQ(again.standing(who(1, "The chair")), Standing::kVerified);
}

TEST(PinStore, LeavesItToPeopleToAcceptAChange) {
  PinStore pins;
  pins.verify(who(1, "Ann"));
  pins.accept_change(who(2, "Ann"));
  EXPECT_EQ(pins.standing(who(2, "Ann")), Standing::kPinned);
  EXPECT_EQ(pins.standing(who(1, "Ann")), Standing::kChanged);
  pins.verify(who(1, "Ann"));
  EXPECT_EQ(pins.standing(who(1, "Ann")), Standing::kVerified);
  pins.forget(who(1, "Ann").identity_key);
  EXPECT_EQ(pins.standing(who(1, "Ann")), Standing::kNew);
}

TEST(PinStore, OutlivesTheCall) {
  PinStore pins;
  pins.meet(who(1, "Ann"));
  pins.verify(who(2, "Ben"));
  const auto saved = pins.save();
  PinStore other;
  ASSERT_TRUE(other.restore(saved));
  EXPECT_EQ(other.standing(who(1, "Ann")), Standing::kPinned);
  EXPECT_EQ(other.standing(who(2, "Ben")), Standing::kVerified);
  EXPECT_EQ(other.save(), saved);
}

TEST(PinStore, RestoresNothingFromWhatIsDamaged) {
  PinStore pins;
  pins.meet(who(1, "Ann"));
  const auto saved = pins.save();
  PinStore other;
  other.meet(who(3, "Cem"));
  for (std::size_t size = 0; size < saved.size(); ++size) {
    if (size == 1) continue;  // nobody pinned
    EXPECT_FALSE(other.restore(ByteView(saved).first(size))) << size;
  }
  auto twice = saved;
  twice.insert(twice.end(), saved.begin() + 1, saved.end());
  EXPECT_EQ(other.restore(twice).error(), Error::kMalformed);
  auto hidden = saved;
  hidden.back() = '\n';
  EXPECT_EQ(other.restore(hidden).error(), Error::kMalformed);
  EXPECT_EQ(other.standing(who(3, "Cem")), Standing::kPinned);
}

TEST(PinStore, ForgetsFirstWhomItHasNotMetForLongestAndVerifiedPeopleLast) {
  PinStore pins;
  pins.verify(who(0, "first"));
  for (std::size_t i = 1; i < PinStore::kCapacity; ++i) {
    LeafIdentity next = who(1, ("n" + std::to_string(i)).c_str());
    next.identity_key[0] = static_cast<std::uint8_t>(i);
    next.identity_key[1] = static_cast<std::uint8_t>(i >> 8);
    pins.verify(next);
    if (i > 20) break;  // the rest is filled below, without the quadratic look at names
  }
  auto saved = pins.save();
  for (std::size_t i = pins.size(); i < PinStore::kCapacity; ++i) {
    std::vector<std::uint8_t> key(32, 0xee);
    key[0] = static_cast<std::uint8_t>(i);
    key[1] = static_cast<std::uint8_t>(i >> 8);
    saved.insert(saved.end(), key.begin(), key.end());
    const std::string name = "m" + std::to_string(i);
    saved.push_back(0);
    saved.push_back(static_cast<std::uint8_t>(name.size()));
    saved.insert(saved.end(), name.begin(), name.end());
  }
  ASSERT_TRUE(pins.restore(saved));
  ASSERT_EQ(pins.size(), PinStore::kCapacity);
  EXPECT_EQ(pins.meet(who(0xdd, "newcomer")), Standing::kNew);
  EXPECT_EQ(pins.size(), PinStore::kCapacity);
  EXPECT_EQ(pins.standing(who(0, "first")), Standing::kVerified);
  EXPECT_EQ(pins.standing(who(0xdd, "newcomer")), Standing::kPinned);
}

}  // namespace
}  // namespace sotto::room
