#include "room/frame_channel.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/seeded_random.h"

namespace sotto::room {
namespace {

class FrameChannel : public ::testing::Test {
 protected:
  static EpochBegun epoch(std::uint64_t number) {
    EpochBegun begun;
    begun.secrets = {number, 4, mls::Bytes(32, 0xab), {{0}, {1}, {3}}};
    begun.own_leaf = {1};
    begun.removed = {{2}};
    return begun;
  }
  static std::uint64_t number_of(const Result<FrameOperation>& operation) {
    return std::get<EpochBegun>(*operation).secrets.epoch;
  }
  mls::Bytes seal(std::uint64_t number) { return *sender_.seal(FrameOperation(epoch(number))); }

  test::SeededRandom random_{7};
  FrameChannelReceiver receiver_{random_};
  FrameChannelSender sender_{*FrameChannelSender::create(receiver_.public_key(), random_)};
};

TEST_F(FrameChannel, BringsOperationsInOrder) {
  for (std::uint64_t number : {3u, 4u, 5u})
    EXPECT_EQ(number_of(receiver_.open(seal(number))), number);
  const auto gone = receiver_.open(*sender_.seal(FrameOperation(AllGone{})));
  EXPECT_TRUE(std::holds_alternative<AllGone>(*gone));
}

TEST_F(FrameChannel, ShowsNoKeyToWhoCarriesIt) {
  const mls::Bytes key(32, 0xab), message = seal(1);
  EXPECT_EQ(std::search(message.begin(), message.end(), key.begin(), key.begin() + 4),
            message.end());
}

TEST_F(FrameChannel, RefusesWhatIsAlteredAnywhereAndTakesTheTrueOneThen) {
  const mls::Bytes message = seal(1);
  for (std::size_t i = 0; i < message.size(); ++i) {
    mls::Bytes altered = message;
    altered[i] ^= 0x10;
    EXPECT_FALSE(receiver_.open(altered).has_value()) << i;
  }
  for (std::size_t size : {0u, 31u, 47u}) {
    EXPECT_EQ(receiver_.open(ByteView(message).first(size)).error(), Error::kTruncated);
  }
  EXPECT_EQ(number_of(receiver_.open(message)), 1u);
}

TEST_F(FrameChannel, OpensNoMessageTwiceAndNoneAheadOfAnother) {
  const mls::Bytes first = seal(1), second = seal(2), third = seal(3);
  EXPECT_FALSE(receiver_.open(second).has_value());
  EXPECT_TRUE(receiver_.open(first).has_value());
  EXPECT_EQ(receiver_.open(first).error(), Error::kUnauthenticated);
  EXPECT_EQ(receiver_.open(third).error(), Error::kUnauthenticated);
  EXPECT_EQ(number_of(receiver_.open(second)), 2u);
  EXPECT_EQ(receiver_.open(second).error(), Error::kUnauthenticated);
}

TEST_F(FrameChannel, OpensForNobodyElse) {
  FrameChannelReceiver other(random_);
  EXPECT_EQ(other.open(seal(1)).error(), Error::kUnauthenticated);
}

TEST_F(FrameChannel, WantsAPublicKey) {
  EXPECT_FALSE(FrameChannelSender::create(mls::Bytes(31, 1), random_).has_value());
  EXPECT_FALSE(FrameChannelSender::create(mls::Bytes(32, 0), random_).has_value());
}

}  // namespace
}  // namespace sotto::room
