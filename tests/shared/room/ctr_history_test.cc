#include "room/ctr_history.h"

#include <gtest/gtest.h>

#include "support/policy_for_test.h"

namespace sotto::room {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const Time kStart = from_microseconds(100'000'000);

class CtrHistoryTest : public ::testing::Test {
 protected:
  CtrVerdict judge(std::uint64_t ctr, Time now, std::uint64_t epoch = 1) {
    return history_.judge(ctr, epoch, now, {});
  }
  // A microphone of 50 frames a second, heard every 2 s for `span`.
  void talk(Duration span) {
    for (Duration at{0}; at <= span; at += seconds(2)) {
      history_.told(static_cast<std::uint64_t>(at / milliseconds(20)), 1, kStart + at);
    }
  }

  CtrHistory history_;
};

TEST_F(CtrHistoryTest, KnowsNothingOfAStreamNobodyAnnounced) {
  EXPECT_EQ(judge(0, kStart), CtrVerdict::kTooFar);
}

TEST_F(CtrHistoryTest, TakesWhatIsSentNow) {
  talk(seconds(60));
  EXPECT_EQ(judge(3000, kStart + seconds(60)), CtrVerdict::kLive);
  EXPECT_EQ(judge(3100, kStart + seconds(62)), CtrVerdict::kLive);
  EXPECT_EQ(judge(2950, kStart + seconds(60)), CtrVerdict::kLive);
}

TEST_F(CtrHistoryTest, MarksWhatLagsByOverTwoSeconds) {
  talk(seconds(60));
  const Time now = kStart + seconds(60) + milliseconds(100);
  EXPECT_EQ(judge(2900, now), CtrVerdict::kLive);
  EXPECT_EQ(judge(2899, now), CtrVerdict::kLagging);
  EXPECT_EQ(judge(2400, now), CtrVerdict::kLagging);
}

TEST_F(CtrHistoryTest, RefusesWhatIsOlderThanFifteenSeconds) {
  talk(seconds(60));
  EXPECT_EQ(judge(2200, kStart + seconds(60)), CtrVerdict::kLagging);
  EXPECT_EQ(judge(2199, kStart + seconds(60)), CtrVerdict::kTooOld);
  EXPECT_EQ(judge(0, kStart + seconds(60)), CtrVerdict::kTooOld);
}

// Somebody else's forgery far ahead would shut the replay window on the sender's own frames.
TEST_F(CtrHistoryTest, RefusesWhatNobodyCanHaveSent) {
  talk(seconds(60));
  EXPECT_EQ(judge(3000 + 2048 + 1024, kStart + seconds(60)), CtrVerdict::kLive);
  EXPECT_EQ(judge(3000 + 2048 + 1025, kStart + seconds(60)), CtrVerdict::kTooFar);
  EXPECT_EQ(judge(~std::uint64_t{0}, kStart + seconds(90)), CtrVerdict::kTooFar);
}

TEST_F(CtrHistoryTest, WouldShowHourOldMediaWithoutTheRule) {
  talk(seconds(3600));
  const Policy without = PolicyForTest::without(Rule::kCtrWindow);
  EXPECT_EQ(history_.judge(0, 1, kStart + seconds(3600), without), CtrVerdict::kLive);
  EXPECT_EQ(judge(0, kStart + seconds(3600)), CtrVerdict::kTooOld);
}

TEST_F(CtrHistoryTest, BeginsAnewInANewEpochOnly) {
  talk(seconds(20));
  history_.told(0, 1, kStart + seconds(20));
  EXPECT_EQ(judge(0, kStart + seconds(20)), CtrVerdict::kTooOld);
  history_.told(0, 2, kStart + seconds(20));
  EXPECT_EQ(judge(10, kStart + seconds(20), 2), CtrVerdict::kLive);
  EXPECT_EQ(judge(1000, kStart + seconds(20), 1), CtrVerdict::kTooOld);
}

TEST_F(CtrHistoryTest, StaysSmallHoweverMuchIsSaid) {
  for (int i = 0; i < 100000; ++i) {
    history_.told(static_cast<std::uint64_t>(i), 1, kStart + milliseconds(i));
  }
  const Time now = kStart + milliseconds(100000);
  EXPECT_EQ(judge(99999, now), CtrVerdict::kLive);
  EXPECT_EQ(judge(0, now), CtrVerdict::kTooOld);
}

}  // namespace
}  // namespace sotto::room
