// One participant opens the frames of everybody who shares a key.
#include <gtest/gtest.h>

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

}  // namespace
}  // namespace sotto
