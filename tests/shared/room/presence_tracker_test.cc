#include "room/presence_tracker.h"

#include <gtest/gtest.h>

#include "support/policy_for_test.h"

namespace sotto::room {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr mls::LeafIndex kMe{0}, kAnn{1}, kBen{2};

class PresenceTrackerTest : public ::testing::Test {
 protected:
  // As somebody who publishes a microphone and echoes `echo` of mine (0: none).
  void hear(mls::LeafIndex leaf, std::uint32_t seq, std::uint32_t echo = 0) {
    Presence presence;
    presence.seq = seq;
    presence.marks.publishes = true;
    presence.streams = {{0, StreamKind::kAudio, seq * 100}};
    if (echo != 0) presence.echoes = {{kMe, echo}};
    ASSERT_TRUE(tracker_.heard(leaf, presence, 1, now_));
  }

  Time now_ = from_microseconds(1'000'000'000);
  PresenceTracker tracker_{kMe};
};

// The bridge gives me a roster with somebody who left long ago: nothing of theirs is shown.
TEST_F(PresenceTrackerTest, ConfirmsNobodyWhoHasNotBeenHeard) {
  tracker_.add(kAnn, now_);
  EXPECT_EQ(tracker_.reachability(kAnn, now_), Reachability::kUnconfirmed);
  EXPECT_EQ(tracker_.presence(kAnn), nullptr);
  EXPECT_EQ(tracker_.judge(kAnn, 0, 0, 1, now_), CtrVerdict::kTooFar);
  PresenceTracker without(kMe, PolicyForTest::without(Rule::kConfirmed));
  without.add(kAnn, now_);
  EXPECT_EQ(without.judge(kAnn, 0, 0, 1, now_), CtrVerdict::kLive);
  hear(kAnn, 1);
  EXPECT_EQ(tracker_.reachability(kAnn, now_), Reachability::kPresent);
  EXPECT_EQ(tracker_.judge(kAnn, 0, 100, 1, now_), CtrVerdict::kLive);
  EXPECT_EQ(tracker_.judge(kAnn, 1, 0, 1, now_), CtrVerdict::kTooFar) << "announced no camera";
}

TEST_F(PresenceTrackerTest, LosesWhoIsSilentForThirtySeconds) {
  tracker_.add(kAnn, now_);
  tracker_.add(kBen, now_);
  hear(kAnn, 1);
  now_ += seconds(30) - milliseconds(1);
  EXPECT_EQ(tracker_.reachability(kAnn, now_), Reachability::kPresent);
  EXPECT_TRUE(tracker_.silent(now_).empty());
  EXPECT_EQ(tracker_.next_change(now_), now_ + milliseconds(1));
  now_ += milliseconds(1);
  EXPECT_EQ(tracker_.reachability(kAnn, now_), Reachability::kUnreachable);
  EXPECT_EQ(tracker_.judge(kAnn, 0, 100, 1, now_), CtrVerdict::kTooFar);
  EXPECT_EQ(tracker_.silent(now_), (std::vector<mls::LeafIndex>{kAnn, kBen}));
  hear(kAnn, 2);
  EXPECT_EQ(tracker_.reachability(kAnn, now_), Reachability::kPresent);
}

TEST_F(PresenceTrackerTest, CountsNoMessageTwice) {
  tracker_.add(kAnn, now_);
  hear(kAnn, 5);
  Presence again;
  again.seq = 5;
  EXPECT_EQ(tracker_.heard(kAnn, again, 1, now_).error(), Error::kReplayed);
  again.seq = 4;
  EXPECT_EQ(tracker_.heard(kAnn, again, 1, now_).error(), Error::kReplayed);
  EXPECT_EQ(tracker_.heard({9}, again, 1, now_).error(), Error::kNotFound);
}

TEST_F(PresenceTrackerTest, ForgetsWhoSatInALeafBefore) {
  tracker_.add(kAnn, now_);
  hear(kAnn, 5);
  tracker_.add(kAnn, now_);
  EXPECT_EQ(tracker_.reachability(kAnn, now_), Reachability::kUnconfirmed);
  hear(kAnn, 1);
}

// A commit that removed somebody is held back from me: the others have gone on and no longer hear
// what I say in the old epoch. I must not talk on to whoever is left there.
TEST_F(PresenceTrackerTest, StopsSendingWhenNobodyEchoes) {
  tracker_.add(kAnn, now_);
  PresenceTracker without(kMe, PolicyForTest::without(Rule::kEcho));
  without.add(kAnn, now_);
  without.sent(1, true, now_);
  tracker_.sent(1, true, now_);
  hear(kAnn, 1, 1);
  for (std::uint32_t seq = 2; seq < 9; ++seq) {
    now_ += seconds(2);
    tracker_.sent(seq, true, now_);
    EXPECT_TRUE(tracker_.may_send(now_)) << seq;
  }
  now_ += seconds(1);
  EXPECT_FALSE(tracker_.may_send(now_));
  EXPECT_TRUE(without.may_send(now_));
  hear(kAnn, 2, 1);
  EXPECT_FALSE(tracker_.may_send(now_)) << "an echo of what I sent long ago";
  hear(kAnn, 3, 99);
  EXPECT_FALSE(tracker_.may_send(now_)) << "an echo of what I never sent";
  hear(kAnn, 4, 8);
  EXPECT_TRUE(tracker_.may_send(now_));
}

TEST_F(PresenceTrackerTest, MaySendWhileAlone) {
  tracker_.sent(1, true, now_);
  now_ += seconds(100);
  EXPECT_TRUE(tracker_.may_send(now_));
  tracker_.add(kAnn, now_);
  EXPECT_TRUE(tracker_.may_send(now_ + seconds(14)));
  EXPECT_FALSE(tracker_.may_send(now_ + seconds(15)));
  tracker_.remove(kAnn);
  EXPECT_TRUE(tracker_.may_send(now_ + seconds(15)));
}

// Of a listener there is nothing to echo: it is cut off when it hears nobody.
TEST_F(PresenceTrackerTest, SaysWhenAListenerHearsNobody) {
  tracker_.add(kAnn, now_);
  tracker_.sent(1, false, now_);
  now_ += seconds(10);
  hear(kAnn, 1, 0);
  EXPECT_TRUE(tracker_.may_send(now_ + seconds(29)));
  EXPECT_FALSE(tracker_.may_send(now_ + seconds(30)));
  EXPECT_EQ(tracker_.next_change(now_ + seconds(29)), now_ + seconds(30));
  now_ += seconds(30);
  hear(kAnn, 2, 0);
  EXPECT_TRUE(tracker_.may_send(now_));
}

// The bridge leaves one member behind: it is shown as not caught up.
TEST_F(PresenceTrackerTest, ShowsWhoHasFallenBehind) {
  tracker_.add(kAnn, now_);
  tracker_.add(kBen, now_);
  for (std::uint32_t seq = 1; seq <= 12; ++seq) {
    tracker_.sent(seq, true, now_);
    hear(kAnn, seq, seq);
    hear(kBen, seq, seq < 3 ? seq : 2);
    now_ += seconds(2);
  }
  EXPECT_EQ(tracker_.not_caught_up(now_), std::vector<mls::LeafIndex>{kBen});
  EXPECT_TRUE(tracker_.may_send(now_));
  hear(kBen, 13, 12);
  EXPECT_TRUE(tracker_.not_caught_up(now_).empty());
}

}  // namespace
}  // namespace sotto::room
