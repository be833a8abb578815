#include "room/waiting_frames.h"

#include <gtest/gtest.h>

namespace sotto::room {
namespace {

using std::chrono::milliseconds;
using Bytes = std::vector<std::uint8_t>;

const Time kStart = from_microseconds(5'000'000);

TEST(WaitingFrames, ComeBackInTheirOrder) {
  WaitingFrames waiting;
  EXPECT_TRUE(waiting.hold(1, Bytes{1}, kStart));
  EXPECT_TRUE(waiting.hold(2, Bytes{2}, kStart + milliseconds(10)));
  const auto taken = waiting.take(kStart + milliseconds(20));
  ASSERT_EQ(taken.size(), 2u);
  EXPECT_EQ(taken[0].slot, 1u);
  EXPECT_EQ(taken[1].frame, Bytes{2});
  EXPECT_EQ(waiting.size(), 0u);
}

TEST(WaitingFrames, WaitHalfASecondAltogether) {
  WaitingFrames waiting;
  waiting.hold(1, Bytes{1}, kStart);
  EXPECT_EQ(waiting.next_expiry(), kStart + milliseconds(500));
  auto taken = waiting.take(kStart + milliseconds(499));
  ASSERT_EQ(taken.size(), 1u);
  EXPECT_TRUE(waiting.hold_again(std::move(taken[0])));
  EXPECT_EQ(waiting.expire(kStart + milliseconds(499)), 0u);
  EXPECT_EQ(waiting.expire(kStart + milliseconds(500)), 1u);
  EXPECT_EQ(waiting.next_expiry(), std::nullopt);
}

// A server that makes up frames of epochs to come fills what there is, and no more.
TEST(WaitingFrames, AreBounded) {
  WaitingFrames waiting;
  for (std::size_t i = 0; i < WaitingFrames::kMaxFrames; ++i) {
    EXPECT_TRUE(waiting.hold(i, Bytes(10), kStart));
  }
  EXPECT_FALSE(waiting.hold(0, Bytes(10), kStart));
  WaitingFrames large;
  EXPECT_TRUE(large.hold(0, Bytes(WaitingFrames::kMaxBytes), kStart));
  EXPECT_FALSE(large.hold(0, Bytes(1), kStart));
  large.take(kStart);
  EXPECT_TRUE(large.hold(0, Bytes(1), kStart));
}

}  // namespace
}  // namespace sotto::room
