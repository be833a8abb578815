// One participant opens the frames of everybody who shares a key.
#include <gtest/gtest.h>

#include "e2ee/frame_info.h"
#include "e2ee/profile.h"
#include "sframe/context.h"
#include "shared/e2ee/sender_pair.h"

namespace sotto {
namespace {

class SharedKey : public SenderPair {
 protected:
  static constexpr std::size_t kSenders = 500;
  static constexpr std::uint8_t kStreams = 3;  // microphone, camera, screen

  SharedKey() { EXPECT_TRUE(receiver_->set_key(0, KeyKind::kStretched, kKey, now_)); }

  // A frame of every stream of a sender of its own, which opens.
  void hear_one_more() {
    sender_ = *make_sotto_participant(kSottoSuite, random_);
    ASSERT_TRUE(sender_->set_key(0, KeyKind::kStretched, kKey, now_));
    ASSERT_TRUE(sender_->use_key(0, now_));
    for (std::uint8_t context = 0; context < kStreams; ++context) {
      heard_.push_back(seal(context));
      ASSERT_TRUE(open(heard_.back(), context));
    }
  }

  void expect_replays_refused() {
    for (std::size_t i = 0; i < heard_.size(); ++i) {
      now_ += std::chrono::milliseconds(10);  // within the budget for KIDs that are not known
      const auto again = open(heard_[i], static_cast<std::uint8_t>(i % kStreams));
      ASSERT_FALSE(again) << "frame " << i << " was opened twice";
      ASSERT_EQ(again.error(), Error::kReplayed) << i;
    }
  }

  std::vector<Bytes> heard_;
};

TEST_F(SharedKey, OpensNoFrameTwiceOfHundredsOfSenders) {
  for (std::size_t i = 0; i < kSenders; ++i) hear_one_more();
  expect_replays_refused();
}

TEST_F(SharedKey, OpensNoFrameTwiceAfterItWentAndCameBack) {
  for (std::size_t i = 0; i < kSenders; ++i) hear_one_more();
  ASSERT_TRUE(receiver_->erase_key(0));
  ASSERT_TRUE(receiver_->set_key(0, KeyKind::kStretched, kKey, now_));
  expect_replays_refused();
}

// Streams that were heard do not wait for the budget, whoever else makes it run out.
TEST_F(SharedKey, KeepsHearingHundredsOfSendersAmidGarbage) {
  hear_one_more();
  const Bytes later = seal(1);
  for (std::size_t i = 1; i < kSenders; ++i) hear_one_more();
  for (int i = 0; i < 1000; ++i) {
    Bytes forged = later;
    forged[2] ^= static_cast<std::uint8_t>(1 + i % 255);  // another random part
    ASSERT_FALSE(open(forged));
  }
  EXPECT_TRUE(open(later));
}

// Whoever is in the call can send frames that do not open; they cost what newcomers' first frames
// cost. 4,000 of them a second, and 50 of the newcomer's, at any time.
TEST_F(SharedKey, HearsANewcomerWithinSecondsAmidGarbage) {
  hear_one_more();
  Bytes forged = seal(1);
  forged[2] ^= 1;  // another random part
  sender_ = *make_sotto_participant(kSottoSuite, random_);
  ASSERT_TRUE(sender_->set_key(0, KeyKind::kStretched, kKey, now_));
  ASSERT_TRUE(sender_->use_key(0, now_));
  const Time start = now_;
  for (bool heard = false; !heard;) {
    now_ += Duration(random_.below(500));
    ASSERT_LT(now_ - start, std::chrono::seconds(5));
    if (random_.below(80) == 0) {
      heard = open(seal(1)).has_value();
    } else {
      ASSERT_FALSE(open(forged));
    }
  }
}

// The server delivers a member's forgery as the sender's: see docs/sframe-profile.md.
TEST_F(SharedKey, IsSilencedByAHolderOfTheKeyUntilTheNextOne) {
  hear_one_more();
  const Bytes wire = seal(1);
  ByteReader reader(wire);
  Header header = *decode_header(reader);
  header.ctr = 1'000'000;
  Context forger = *Context::create(kSottoSuite, header.kid, kKey);
  const Bytes plain = {encode(FrameInfo{.codec = Codec::kVp9})};
  Bytes forged(60);
  forged.resize(*forger.encrypt(header.ctr, kFrameMetadata, plain, forged));
  ASSERT_TRUE(open(forged));
  EXPECT_EQ(open(wire).error(), Error::kTooOld);
  ASSERT_TRUE(sender_->set_key(1, KeyKind::kStretched, kOtherKey, now_));
  ASSERT_TRUE(receiver_->set_key(1, KeyKind::kStretched, kOtherKey, now_));
  ASSERT_TRUE(sender_->use_key(1, now_));
  EXPECT_TRUE(open(seal(1)));
}

}  // namespace
}  // namespace sotto
