#include "room/commit_order.h"

#include <gtest/gtest.h>

#include "support/policy_for_test.h"

namespace sotto::room {
namespace {

using std::chrono::seconds;

const Time kNow = from_microseconds(1);

TEST(CommitOrder, TakesTheFirstValidOne) {
  CommitOrder order(7);
  EXPECT_EQ(order.before_handling(7, kNow), std::nullopt);
  EXPECT_EQ(order.after_handling(CommitOutcome::kRefused), CommitFate::kIgnore);
  EXPECT_EQ(order.before_handling(7, kNow), std::nullopt);
  EXPECT_EQ(order.after_handling(CommitOutcome::kValid), CommitFate::kApply);
  order.begin_epoch(8);
  EXPECT_EQ(order.before_handling(7, kNow), CommitFate::kIgnore) << "it came second";
}

// An insider spoils the path for me alone, and has the server hand me another commit afterwards:
// with that I would be in a room of my own.
TEST(CommitOrder, TakesNoLaterOneWhenTheFirstDoesNotOpen) {
  CommitOrder order(7), without(7, PolicyForTest::without(Rule::kFirstValidCommit));
  EXPECT_EQ(order.after_handling(CommitOutcome::kPathUnopened), CommitFate::kRejoin);
  EXPECT_TRUE(order.locked_out());
  EXPECT_EQ(order.before_handling(7, kNow), CommitFate::kRejoin);
  EXPECT_EQ(without.after_handling(CommitOutcome::kPathUnopened), CommitFate::kIgnore);
  EXPECT_EQ(without.before_handling(7, kNow), std::nullopt);
  EXPECT_EQ(without.after_handling(CommitOutcome::kValid), CommitFate::kApply);
}

TEST(CommitOrder, WaitsForWhatItHasMissedButNotForLong) {
  CommitOrder order(7);
  EXPECT_EQ(order.before_handling(9, kNow), CommitFate::kKeep);
  EXPECT_EQ(order.before_handling(7 + 65, kNow), CommitFate::kIgnore);
  EXPECT_EQ(order.next_due(), kNow + seconds(5));
  EXPECT_FALSE(order.gave_up(kNow + seconds(4)));
  EXPECT_TRUE(order.gave_up(kNow + seconds(5)));
  order.begin_epoch(8);
  EXPECT_FALSE(order.gave_up(kNow + seconds(5)));
}

TEST(LeaveForOtherGroup, OnlyWhoIsAloneDoes) {
  const auto low = as_bytes("a"), high = as_bytes("b");
  EXPECT_TRUE(leave_for_other_group(1, low, 2, high));
  EXPECT_FALSE(leave_for_other_group(2, high, 5, low));
  // The bridge makes up a large group to draw everybody out of theirs.
  EXPECT_TRUE(
      leave_for_other_group(2, high, 5, low, PolicyForTest::without(Rule::kLeaveOnlyAlone)));
  EXPECT_FALSE(leave_for_other_group(2, high, 1, low));
}

TEST(LeaveForOtherGroup, OfTwoLoneCreatorsExactlyOneDoes) {
  const auto low = as_bytes("a"), high = as_bytes("b");
  EXPECT_FALSE(leave_for_other_group(1, low, 1, high));
  EXPECT_TRUE(leave_for_other_group(1, high, 1, low));
  EXPECT_FALSE(leave_for_other_group(1, low, 1, low));
}

}  // namespace
}  // namespace sotto::room
