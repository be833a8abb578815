#include "room/frame_feed.h"

#include <gtest/gtest.h>

#include "support/seeded_random.h"

namespace sotto::room {
namespace {

class FrameFeedTest : public ::testing::Test {
 protected:
  struct Received {
    std::vector<std::uint64_t> epochs;
    std::vector<std::uint32_t> heard;
    std::optional<bool> may_send;
    int gone = 0;
  };

  static FrameOperation epoch(std::uint64_t number, std::vector<mls::LeafIndex> removed = {}) {
    EpochBegun begun;
    begun.secrets = {number, 4, mls::Bytes(32, 1), {{0}, {1}}};
    begun.removed = std::move(removed);
    return begun;
  }
  static FrameOperation heard(std::uint32_t leaf) {
    PresenceHeard heard;
    heard.leaf = {leaf};
    heard.presence.seq = 1;
    return heard;
  }

  // Everything that is ready, as this receiver opens it.
  Received drain(FrameChannelReceiver& receiver) {
    Received all;
    while (const auto message = feed_.poll()) {
      const auto operation = receiver.open(*message);
      EXPECT_TRUE(operation.has_value());
      if (!operation) break;
      if (const auto* begun = std::get_if<EpochBegun>(&*operation)) {
        all.epochs.push_back(begun->secrets.epoch);
      } else if (const auto* from = std::get_if<PresenceHeard>(&*operation)) {
        all.heard.push_back(from->leaf.value);
      } else if (const auto* may_send = std::get_if<MaySend>(&*operation)) {
        all.may_send = may_send->allowed;
      } else {
        ++all.gone;
      }
    }
    return all;
  }

  test::SeededRandom random_{3};
  FrameFeed feed_;
  FrameChannelReceiver first_{random_}, second_{random_};
};

TEST_F(FrameFeedTest, BringsWhoComesLateTheCurrentEpochAndNoneBefore) {
  feed_.add(epoch(1));
  feed_.add(heard(1));
  feed_.add(heard(3));
  feed_.add(epoch(2, {{3}}));
  feed_.add(MaySend{false});
  EXPECT_EQ(feed_.poll(), std::nullopt) << "nobody to seal it for";
  EXPECT_TRUE(*feed_.connect(first_.public_key(), random_));
  const Received all = drain(first_);
  EXPECT_EQ(all.epochs, std::vector<std::uint64_t>{2});
  EXPECT_EQ(all.heard, std::vector<std::uint32_t>{1}) << "who was removed has not been heard";
  EXPECT_EQ(all.may_send, false);
  feed_.add(epoch(3));
  EXPECT_EQ(drain(first_).epochs, std::vector<std::uint64_t>{3});
}

// Otherwise both would seal under one key, counting from zero.
TEST_F(FrameFeedTest, GivesAnEpochToOneAlone) {
  feed_.add(epoch(1));
  EXPECT_TRUE(*feed_.connect(first_.public_key(), random_));
  EXPECT_EQ(drain(first_).epochs.size(), 1u);
  EXPECT_FALSE(*feed_.connect(second_.public_key(), random_));
  EXPECT_EQ(drain(second_).epochs.size(), 0u);
  feed_.add(epoch(2));
  EXPECT_EQ(drain(second_).epochs, std::vector<std::uint64_t>{2});
  FrameChannelReceiver third(random_);
  EXPECT_FALSE(*feed_.connect(third.public_key(), random_));
  EXPECT_EQ(drain(third).epochs.size(), 0u);
}

TEST_F(FrameFeedTest, KeepsNothingOfAGroupThatIsOver) {
  feed_.add(epoch(1));
  feed_.add(AllGone{});
  EXPECT_TRUE(*feed_.connect(first_.public_key(), random_));
  EXPECT_EQ(drain(first_).epochs.size(), 0u);
  feed_.add(epoch(9));
  feed_.add(AllGone{});
  const Received all = drain(first_);
  EXPECT_EQ(all.epochs, std::vector<std::uint64_t>{9});
  EXPECT_EQ(all.gone, 1);
  EXPECT_TRUE(*feed_.connect(second_.public_key(), random_)) << "there is no epoch to miss";
}

TEST_F(FrameFeedTest, RefusesWhatIsNoPublicKeyAndKeepsWhatItHas) {
  feed_.add(epoch(1));
  EXPECT_FALSE(feed_.connect(mls::Bytes(5, 1), random_).has_value());
  EXPECT_TRUE(*feed_.connect(first_.public_key(), random_));
  EXPECT_EQ(drain(first_).epochs.size(), 1u);
}

}  // namespace
}  // namespace sotto::room
