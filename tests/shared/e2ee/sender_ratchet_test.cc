// Ratcheting of sender keys (RFC 9605 section 5.1) between two participants.
#include <gtest/gtest.h>

#include "e2ee/attempt_budget.h"
#include "sframe/ratchet.h"
#include "shared/e2ee/sender_pair.h"

namespace sotto {
namespace {

using SenderRatchet = SenderPair;

TEST_F(SenderRatchet, IsFollowedAtTheFirstFrameAndReportedOnce) {
  give_both(0, kKey);
  ASSERT_TRUE(open(seal(1)));
  ASSERT_TRUE(sender_->ratchet(0, now_));
  EXPECT_TRUE(open(seal(1))->ratcheted);
  EXPECT_FALSE(open(seal(1))->ratcheted);
  EXPECT_FALSE(open(seal(0), 0)->ratcheted) << "another context of the same step";
}

TEST_F(SenderRatchet, IsFollowedOverStepsThatWereNeverSeen) {
  give_both(0, kKey);
  ASSERT_TRUE(open(seal(1)));
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(sender_->ratchet(0, now_));
  EXPECT_TRUE(open(seal(1))->ratcheted);
}

TEST_F(SenderRatchet, IsFollowedBeyondItsEightBits) {
  give_both(0, kKey);
  for (int i = 0; i < 600; ++i) {
    ASSERT_TRUE(sender_->ratchet(0, now_));
    if (i % 50 == 0) {
      ASSERT_TRUE(open(seal(1))) << i;
    }
  }
  EXPECT_TRUE(open(seal(1)));
}

TEST_F(SenderRatchet, LetsLateFramesOfTheOldStepThroughForTheRetention) {
  give_both(0, kKey);
  ASSERT_TRUE(open(seal(1)));
  const Bytes late = seal(1), too_late = seal(1);
  ASSERT_TRUE(sender_->ratchet(0, now_));
  ASSERT_TRUE(open(seal(1)));
  now_ += kSenderKeyRetention - Duration(1);
  EXPECT_TRUE(open(late));
  now_ += Duration(1);
  EXPECT_EQ(open(too_late).error(), Error::kExpired);
}

TEST_F(SenderRatchet, KeepsNoMoreOldStepsThanItsLimitInCount) {
  give_both(0, kKey);
  ASSERT_TRUE(open(seal(1)));
  const Bytes old = seal(1);
  for (int i = 0; i <= kMaxRetainedSteps; ++i) {
    ASSERT_TRUE(sender_->ratchet(0, now_));
    ASSERT_TRUE(open(seal(1)));
  }
  EXPECT_EQ(open(old).error(), Error::kExpired);
}

// What forward secrecy means here: who takes a participant later cannot open what came before.
TEST_F(SenderRatchet, LeavesNothingToOpenOlderStreamsWith) {
  give_both(0, kKey);
  const Bytes unseen = seal(1);
  ASSERT_TRUE(sender_->ratchet(0, now_));
  ASSERT_TRUE(open(seal(1)));
  EXPECT_EQ(open(unseen).error(), Error::kExpired);
}

TEST_F(SenderRatchet, HelpsANewcomerWhoGetsTheCurrentKey) {
  give_both(0, kKey);
  for (int i = 0; i < 5; ++i) ASSERT_TRUE(sender_->ratchet(0, now_));
  const BaseKey current = *ratchet_base_key(kSottoSuite, *BaseKey::from(kKey), 5);
  auto newcomer = *make_sotto_participant(kSottoSuite, random_);
  ASSERT_TRUE(newcomer->set_key(0, KeyKind::kRaw, current.view(), now_));
  receiver_ = std::move(newcomer);
  EXPECT_FALSE(open(seal(1))->ratcheted);
  ASSERT_TRUE(sender_->ratchet(0, now_));
  EXPECT_TRUE(open(seal(1))->ratcheted);
}

// The blob of H.264 and H.265 is opened where it was put together, so the wrong guess must not
// spoil it for the right one.
TEST_F(SenderRatchet, IsFollowedInFramesThatAreOpenedInPlace) {
  for (const Codec codec : {Codec::kH264, Codec::kH265}) {
    start(kSottoSuite);
    give_both(0, kKey);
    ASSERT_TRUE(sender_->ratchet(0, now_));
    const FrameFacts facts{.codec = codec, .context = 1};
    Bytes wire(sender_->max_sealed_size(codec, frame_.size()));
    wire.resize(*sender_->seal(facts, frame_, wire));
    out_.assign(wire.size(), 0);
    const auto opened = receiver_->open(facts, wire, out_, now_);
    ASSERT_TRUE(opened) << name(codec);
    EXPECT_TRUE(equal(opened->frame, frame_));
    EXPECT_TRUE(opened->ratcheted);
  }
}

// Every receiver has the key, and so can go a step ahead under it. Who hears that with the
// participant that seals must not count anew under a KID that it has used.
TEST_F(SenderRatchet, NeverSealsUnderAKidAgainThoughAFrameTookTheStepFirst) {
  give_both(0, kKey);
  const SenderKid before = kid_of(seal(1));
  ASSERT_TRUE(receiver_->use_key(0, now_));
  ASSERT_TRUE(receiver_->ratchet(0, now_));
  std::swap(sender_, receiver_);
  const Bytes ahead = seal(2);
  std::swap(sender_, receiver_);
  out_.assign(ahead.size(), 0);
  ASSERT_TRUE(sender_->open({.codec = Codec::kVp9, .context = 2}, ahead, out_, now_));

  const Bytes first = seal(0);
  EXPECT_EQ(kid_of(first).step, 1);
  ASSERT_TRUE(sender_->ratchet(0, now_));
  const Bytes second = seal(0);
  EXPECT_NE(first, second) << "one key and nonce for two frames";
  EXPECT_NE(kid_of(seal(1)), before) << "but what was sealed under the older key ends";
  EXPECT_TRUE(open(second, 0)) << "and who follows hears it";
}

TEST_F(SenderRatchet, DoesNoHarmWhenTheAppCallsItForReceiversToo) {
  give_both(0, kKey);
  ASSERT_TRUE(open(seal(1)));
  ASSERT_TRUE(receiver_->ratchet(0, now_));
  EXPECT_TRUE(open(seal(1))) << "the sender has not ratcheted yet";
  ASSERT_TRUE(sender_->ratchet(0, now_));
  EXPECT_TRUE(open(seal(1)));
  ASSERT_TRUE(sender_->ratchet(0, now_));
  EXPECT_TRUE(open(seal(1))) << "this time the frame comes first";
  ASSERT_TRUE(receiver_->ratchet(0, now_));
  now_ += kSenderKeyRetention;
  EXPECT_TRUE(open(seal(1)));
}

TEST_F(SenderRatchet, IsNotMovedByForgedSteps) {
  give_both(0, kKey);
  ASSERT_TRUE(open(seal(1)));
  Bytes forged = seal(1);
  forged[8] = 77;  // the KID's last byte
  EXPECT_EQ(open(forged).error(), Error::kUnauthenticated);
  EXPECT_TRUE(open(seal(1)));
  ASSERT_TRUE(sender_->ratchet(0, now_));
  EXPECT_TRUE(open(seal(1)));
}

TEST_F(SenderRatchet, IsRefusedForPassphrasesAndUnknownKeys) {
  give_both(0, as_bytes("correct horse battery staple"), KeyKind::kPassphrase);
  EXPECT_EQ(sender_->ratchet(0, now_).error(), Error::kWrongState);
  EXPECT_EQ(sender_->ratchet(1, now_).error(), Error::kUnknownKey);
  Bytes wire = seal(1);
  wire[8] = 1;  // a passphrase has no step 1
  EXPECT_EQ(open(wire).error(), Error::kUnknownKey);
  EXPECT_TRUE(open(seal(1)));
}

TEST_F(SenderRatchet, BoundsTheWorkThatUnknownKidsCauseAndRecoversWithTime) {
  give_both(0, kKey);
  const Bytes good = seal(1);
  int tried = 0;
  for (int i = 0; i < 1000; ++i) {
    Bytes forged = good;
    forged[2] ^= static_cast<std::uint8_t>(1 + i % 255);  // another random part
    const Error error = open(forged).error();
    if (error == Error::kUnauthenticated) ++tried;
  }
  EXPECT_LE(tried, AttemptBudget::kCapacity / 4);
  EXPECT_EQ(open(good).error(), Error::kUnknownKey) << "a new stream has to wait";
  now_ += std::chrono::seconds(1);
  EXPECT_TRUE(open(good));
  for (int i = 0; i < 1000; ++i) {
    Bytes forged = good;
    forged[2] ^= static_cast<std::uint8_t>(1 + i % 255);
    ASSERT_FALSE(open(forged));
  }
  EXPECT_TRUE(open(seal(1))) << "a known one does not";
}

}  // namespace
}  // namespace sotto
