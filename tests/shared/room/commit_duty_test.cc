#include "room/commit_duty.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace sotto::room {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const Time kStart = from_microseconds(1'000'000'000);

class CommitDutyTest : public ::testing::Test {
 protected:
  CommitDutyTest() {
    for (std::uint32_t i = 0; i < 4; ++i) {
      all_.push_back({i});
      duties_.emplace_back(mls::LeafIndex{i});
    }
    begin(1, kStart);
  }

  void begin(std::uint64_t epoch, Time now) {
    for (CommitDuty& duty : duties_) {
      duty.begin_epoch(epoch, true, now);
      duty.set_candidates(all_, all_);
    }
    order_ = all_;
    std::sort(order_.begin(), order_.end(), [&](mls::LeafIndex a, mls::LeafIndex b) {
      return commit_rank_key(epoch, a) < commit_rank_key(epoch, b);
    });
  }
  // Who would commit at that time.
  std::vector<mls::LeafIndex> committers(Time now) {
    std::vector<mls::LeafIndex> leaves;
    for (const mls::LeafIndex leaf : order_) {
      if (duties_[leaf.value].must_commit(now)) leaves.push_back(leaf);
    }
    return leaves;
  }
  std::vector<mls::LeafIndex> first(std::size_t count) const {
    return {order_.begin(), order_.begin() + static_cast<std::ptrdiff_t>(count)};
  }

  std::vector<mls::LeafIndex> all_, order_;
  std::vector<CommitDuty> duties_;
};

TEST_F(CommitDutyTest, IsOneMembersAtATime) {
  for (CommitDuty& duty : duties_) duty.set_leaves(true, kStart);
  EXPECT_EQ(committers(kStart), first(1));
  duties_[order_[0].value].committed(kStart);
  EXPECT_TRUE(committers(kStart + milliseconds(999)).empty());
}

// Somebody fills the room with members who never commit: whoever is left is not kept waiting for
// each of them.
TEST(CommitDutyOfMany, WaitsTenSecondsAtMostForAThousandWhoNeverCommit) {
  std::vector<mls::LeafIndex> all;
  for (std::uint32_t i = 0; i < 1000; ++i) all.push_back({i});
  for (std::uint64_t epoch = 1; epoch < 20; ++epoch) {
    CommitDuty duty({7});
    duty.begin_epoch(epoch, true, kStart);
    duty.set_candidates(all, all);
    duty.set_leaves(true, kStart);
    EXPECT_TRUE(duty.must_commit(kStart + seconds(10)));
  }
}

TEST_F(CommitDutyTest, GoesToTheNextWhenTheFirstIsGone) {
  for (CommitDuty& duty : duties_) duty.set_leaves(true, kStart);
  EXPECT_EQ(committers(kStart + seconds(1)), first(2));
  EXPECT_EQ(committers(kStart + seconds(2)), first(4));
}

TEST_F(CommitDutyTest, GathersJoinsForATenthOfASecond) {
  for (CommitDuty& duty : duties_) duty.set_joins(true, kStart);
  EXPECT_TRUE(committers(kStart + milliseconds(99)).empty());
  EXPECT_EQ(committers(kStart + milliseconds(100)), first(1));
}

TEST_F(CommitDutyTest, LeavesJoinsToModeratorsUnderKnock) {
  for (CommitDuty& duty : duties_) {
    duty.set_candidates(all_, {order_[3]});
    duty.set_joins(true, kStart);
  }
  EXPECT_EQ(committers(kStart + milliseconds(100)), std::vector<mls::LeafIndex>{order_[3]});
}

TEST_F(CommitDutyTest, UpdatesNowAndThenAndNeverTooOften) {
  EXPECT_TRUE(committers(kStart + seconds(119)).empty());
  EXPECT_EQ(committers(kStart + seconds(120)), first(1));
  CommitDuty eager({0}, seconds(1));
  eager.begin_epoch(1, true, kStart);
  eager.set_candidates({{0}}, {{0}});
  EXPECT_FALSE(eager.must_commit(kStart + milliseconds(29'999)));
  EXPECT_TRUE(eager.must_commit(kStart + seconds(30)));
  eager.hold_updates(true);
  EXPECT_FALSE(eager.must_commit(kStart + seconds(300))) << "a group code is being compared";
  eager.set_leaves(true, kStart + seconds(300));
  EXPECT_TRUE(eager.must_commit(kStart + seconds(300))) << "removals never wait";
}

TEST_F(CommitDutyTest, PutsAnUpdateThatIsAskedForOffUntilHalfAMinuteAfterAnybodysPath) {
  CommitDuty& duty = duties_[order_[0].value];
  duty.wish_update(true);
  EXPECT_FALSE(duty.must_commit(kStart + milliseconds(29'999)));
  EXPECT_EQ(duty.next_due(), kStart + seconds(30));
  EXPECT_TRUE(duty.must_commit(kStart + seconds(30)));
  duty.begin_epoch(1, true, kStart + seconds(20));
  EXPECT_FALSE(duty.must_commit(kStart + seconds(49))) << "somebody else has brought new keys";
  duty.begin_epoch(1, false, kStart + seconds(40));
  EXPECT_TRUE(duty.must_commit(kStart + seconds(50))) << "and the last commit none";
  duty.hold_updates(true);
  EXPECT_FALSE(duty.must_commit(kStart + seconds(300))) << "a group code is being compared";
}

TEST_F(CommitDutyTest, SendsTheSameAgainWhenItDoesNotComeBack) {
  CommitDuty& duty = duties_[order_[0].value];
  duty.set_leaves(true, kStart);
  duty.committed(kStart);
  EXPECT_FALSE(duty.must_commit(kStart + seconds(60)));
  EXPECT_EQ(duty.next_due(), kStart + seconds(3));
  EXPECT_TRUE(duty.must_resend(kStart + seconds(3)));
  duty.resent(kStart + seconds(3));
  EXPECT_FALSE(duty.must_resend(kStart + seconds(4)));
  duty.begin_epoch(2, true, kStart + seconds(4));
  EXPECT_FALSE(duty.must_resend(kStart + seconds(60)));
  EXPECT_TRUE(duty.next_due()) << "what another's commit has not done is still to be done";
}

TEST_F(CommitDutyTest, ChangesHandsWithEveryEpoch) {
  std::set<std::uint32_t> firsts;
  for (std::uint64_t epoch = 1; epoch < 40; ++epoch) {
    begin(epoch, kStart);
    firsts.insert(order_[0].value);
  }
  EXPECT_EQ(firsts.size(), 4u);
}

}  // namespace
}  // namespace sotto::room
