#include "e2ee/sender_keys.h"

#include <gtest/gtest.h>

#include <vector>

#include "e2ee/sender_kid.h"
#include "shared/e2ee/sender_pair.h"

namespace sotto {
namespace {

TEST_F(SenderPair, OpensWhatTheOtherSealedInEveryContext) {
  give_both(0, kKey);
  for (std::uint8_t context = 0; context < 16; ++context) {
    const Bytes wire = seal(context);
    const auto opened = open(wire, context);
    ASSERT_TRUE(opened) << int{context};
    EXPECT_TRUE(equal(opened->frame, frame_));
    EXPECT_EQ(opened->key_index, 0u);
    EXPECT_EQ(opened->counter, 0u);
    EXPECT_FALSE(opened->ratcheted);
  }
  EXPECT_EQ(seal_error(16), Error::kInvalidArgument);
}

TEST_F(SenderPair, PutsIndexContextAndStepIntoTheKid) {
  give_both(200, kKey);
  SenderKid kid = kid_of(seal(2));
  EXPECT_EQ(kid.index, 200);
  EXPECT_EQ(kid.context, 2);
  EXPECT_EQ(kid.step, 0);
  ASSERT_TRUE(sender_->ratchet(200, now_));
  const SenderKid after = kid_of(seal(2));
  EXPECT_EQ(after.step, 1);
  kid.step = 1;
  EXPECT_EQ(after, kid) << "the generation stays";
}

TEST_F(SenderPair, NeverMeetsAnotherStartUnderOneKid) {
  give_both(0, kKey);
  const SenderKid first = kid_of(seal(1));
  EXPECT_NE(kid_of(seal(2)).random, first.random) << "each context draws its own";
  sender_ = *make_sotto_participant(kSottoSuite, random_);  // a reload
  ASSERT_TRUE(sender_->set_key(0, KeyKind::kRaw, kKey, now_));
  ASSERT_TRUE(sender_->use_key(0, now_));
  EXPECT_NE(kid_of(seal(1)).random, first.random);
  EXPECT_TRUE(open(seal(1)));
  ASSERT_TRUE(sender_->set_key(1, KeyKind::kRaw, kOtherKey, now_));
  const SenderKid before = kid_of(seal(1));
  ASSERT_TRUE(sender_->use_key(1, now_));
  ASSERT_TRUE(sender_->use_key(0, now_));
  EXPECT_NE(kid_of(seal(1)).random, before.random) << "also when it comes back to a key";
}

TEST_F(SenderPair, CountsAllLayersOfAContextTogether) {
  give_both(0, kKey);
  for (std::uint64_t ctr = 0; ctr < 5; ++ctr) EXPECT_EQ(open(seal(1))->counter, ctr);
  EXPECT_EQ(open(seal(0), 0)->counter, 0u);
}

TEST_F(SenderPair, SealsNothingWithoutAKeyToUse) {
  EXPECT_EQ(seal_error(1), Error::kUnknownKey);
  ASSERT_TRUE(sender_->set_key(3, KeyKind::kRaw, kKey, now_));
  EXPECT_EQ(seal_error(1), Error::kUnknownKey);
  EXPECT_EQ(sender_->use_key(4, now_).error(), Error::kUnknownKey);
  EXPECT_EQ(sender_->use_key(259, now_).error(), Error::kUnknownKey);
  ASSERT_TRUE(sender_->use_key(3, now_));
  EXPECT_FALSE(seal(1).empty());
  EXPECT_TRUE(sender_->erase_key(3));
  EXPECT_FALSE(sender_->erase_key(3));
  EXPECT_EQ(seal_error(1), Error::kUnknownKey);
}

TEST_F(SenderPair, TakesKeysOfTheRightSizeOnly) {
  auto set = [this](std::uint32_t index, std::size_t size) {
    return receiver_->set_key(index, KeyKind::kRaw, Bytes(size, 1), now_);
  };
  EXPECT_EQ(set(0, 15).error(), Error::kInvalidArgument);
  EXPECT_EQ(set(0, 65).error(), Error::kInvalidArgument);
  EXPECT_EQ(set(256, 32).error(), Error::kInvalidArgument);
  EXPECT_TRUE(set(0, 16));
  EXPECT_TRUE(set(255, 64));
}

TEST_F(SenderPair, NeverReplacesAKeyThatIsNotRetired) {
  give_both(0, kKey);
  EXPECT_TRUE(receiver_->set_key(0, KeyKind::kRaw, kKey, now_)) << "the same one again";
  EXPECT_EQ(receiver_->set_key(0, KeyKind::kRaw, kOtherKey, now_).error(), Error::kAlreadyExists);
  EXPECT_TRUE(open(seal(1)));
  receiver_->erase_key(0);
  EXPECT_TRUE(receiver_->set_key(0, KeyKind::kRaw, kOtherKey, now_));
  EXPECT_EQ(open(seal(1)).error(), Error::kUnauthenticated);
}

TEST_F(SenderPair, KnowsTheSameKeyAlsoAfterRatchetingIt) {
  give_both(0, kKey);
  ASSERT_TRUE(sender_->ratchet(0, now_));
  ASSERT_TRUE(sender_->set_key(0, KeyKind::kRaw, kKey, now_));
  EXPECT_EQ(kid_of(seal(1)).step, 1) << "and does not bring the old one back";
}

TEST_F(SenderPair, FollowsAChangeOfKeysAndForgetsTheOldOneAfterTheRetention) {
  give_both(0, kKey);
  const Bytes early = seal(1), late = seal(1), too_late = seal(1);
  ASSERT_TRUE(open(early));
  give_both(1, kOtherKey);
  EXPECT_TRUE(open(late)) << "nothing is old before a frame of the new key";
  ASSERT_TRUE(open(seal(1)));
  now_ += kSenderKeyRetention - Duration(1);
  const Bytes in_time = too_late;
  EXPECT_TRUE(open(in_time));
  now_ += Duration(1);
  EXPECT_EQ(open(too_late).error(), Error::kExpired);
  EXPECT_TRUE(open(seal(1)));
}

TEST_F(SenderPair, RefusesAReplayAfterTheKeyWentAndCameBack) {
  give_both(0, kKey);
  const Bytes old = seal(1);
  ASSERT_TRUE(open(old));
  ASSERT_TRUE(receiver_->erase_key(0));
  EXPECT_EQ(open(old).error(), Error::kExpired);
  ASSERT_TRUE(receiver_->set_key(0, KeyKind::kRaw, kKey, now_));
  EXPECT_EQ(open(old).error(), Error::kReplayed);
  EXPECT_TRUE(open(seal(1)));
}

TEST_F(SenderPair, MakesRoomOfTheKeySetFirst) {
  give_both(0, kKey);
  ASSERT_TRUE(open(seal(1)));
  for (std::uint32_t index = 1; index <= kMaxSenderKeys; ++index) {
    ASSERT_TRUE(receiver_->set_key(index, KeyKind::kRaw, kOtherKey, now_));
    ASSERT_TRUE(sender_->set_key(index, KeyKind::kRaw, kOtherKey, now_));
  }
  EXPECT_EQ(open(seal(1)).error(), Error::kExpired);
  EXPECT_FALSE(seal(1).empty()) << "but never of the one that seals";
}

TEST_F(SenderPair, RefusesAFrameOfAnotherContextThanItsSlots) {
  give_both(0, kKey);
  EXPECT_EQ(open(seal(1), 2).error(), Error::kWrongState);
  EXPECT_TRUE(open(seal(2), 2));
}

TEST_F(SenderPair, RefusesAFrameOfAnotherCodecThanItsSlots) {
  give_both(0, kKey);
  const FrameFacts vp9{.codec = Codec::kVp9, .context = 1};
  Bytes wire(sender_->max_sealed_size(Codec::kVp9, frame_.size()));
  wire.resize(*sender_->seal(vp9, frame_, wire));
  out_.resize(wire.size());
  EXPECT_EQ(receiver_->open({.codec = Codec::kOpus, .context = 1}, wire, out_, now_).error(),
            Error::kWrongState);
}

TEST_F(SenderPair, WorksInEverySuite) {
  for (int number : {1, 2, 3, 4, 5, 6, 7, 8, 0xF001}) {
    start(static_cast<CipherSuite>(number));
    give_both(0, kKey);
    EXPECT_TRUE(open(seal(1))) << number;
    ASSERT_TRUE(sender_->ratchet(0, now_));
    EXPECT_TRUE(open(seal(1))->ratcheted) << number;
  }
  EXPECT_EQ(make_sotto_participant(static_cast<CipherSuite>(9), random_).error(),
            Error::kUnsupported);
}

}  // namespace
}  // namespace sotto
