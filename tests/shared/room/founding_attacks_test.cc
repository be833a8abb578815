// Attacks on those who find nobody and found a group of their own (security profile, sections 6 and
// 9).
#include "shared/room/live_attack.h"

namespace sotto::room {
namespace {

using namespace test;

// The service hands Ann and Ben nothing until each has founded a group, and then everything at
// once: each is welcomed by the other.
class TwoFounders {
 public:
  TwoFounders(std::uint64_t seed, const Policy& policy) : room_(seed) {
    room_.policy = policy;
    room_.jitter = Duration{0};
    room_.tamper = [](Delivery&) { return false; };
    ann_ = &room_.join("Ann");
    ben_ = &room_.join("Ben");
    room_.run(seconds(10));
    EXPECT_EQ(ann_->session->state(), SessionState::kIn);
    EXPECT_EQ(ben_->session->state(), SessionState::kIn);
    lower_ = std::min(group_of(*ann_).group_id(), group_of(*ben_).group_id());
    room_.tamper = nullptr;
    room_.disconnect(*ann_);
    room_.disconnect(*ben_);
    room_.reconnect_all();
  }
  bool meet() {
    return room_.run_until_true(seconds(5), [&] { return room_.agree({ann_, ben_}); });
  }
  bool in_the_lower_one() {
    return group_of(*ann_).group_id() == lower_ && group_of(*ben_).group_id() == lower_;
  }
  // Each in the group that the other one has left.
  bool have_changed_places() {
    return ann_->session->members(room_.now()).size() == 2 &&
           ben_->session->members(room_.now()).size() == 2 &&
           group_of(*ann_).group_id() != group_of(*ben_).group_id();
  }

 private:
  RoomNetwork room_;
  Participant* ann_ = nullptr;
  Participant* ben_ = nullptr;
  mls::Bytes lower_;
};

TEST(FoundingAttacks, TwoWhoFoundAtOnceDoNotMissEachOther) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    TwoFounders without(seed, PolicyForTest::without(Rule::kLowerGroupStays));
    EXPECT_FALSE(without.meet());
    EXPECT_TRUE(without.have_changed_places());

    TwoFounders real(seed, {});
    EXPECT_TRUE(real.meet());
    EXPECT_TRUE(real.in_the_lower_one());
  }
}

// Ann has Cem and Dan wait at her door, and does not look for a minute. Eve, who holds the link,
// has only to wait for their being led together to be with them where Ann sees nobody waiting.
struct Waiting {
  bool together = false;
  bool still_asked_for = false;
};
Waiting wait_at_the_door(const Policy& policy) {
  RoomNetwork room(31);
  room.policy = policy;
  auto all = fill(room, 2);
  Participant& ann = *all[0];
  EXPECT_TRUE(
      room.act(ann, [&](Session& s) { return s.set_join_policy(room.now(), JoinPolicy::kKnock); }));
  room.run(seconds(1));
  Participant &cem = room.join("Cem"), &eve = room.join("Eve");
  room.run(seconds(70));
  Waiting waiting;
  waiting.together = room.agree({&cem, &eve});
  waiting.still_asked_for =
      room.act(ann, [&](Session& s) { return s.admit(room.now(), cem.endpoint); }).has_value();
  if (waiting.still_asked_for) {
    all.push_back(&cem);
    EXPECT_TRUE(room.run_until_true(seconds(5), [&] { return room.agree(all); }));
  }
  return waiting;
}

TEST(FoundingAttacks, NobodyIsLedTogetherBehindAModeratorsBack) {
  const Waiting without = wait_at_the_door(PolicyForTest::without(Rule::kFoundsUnderKnock));
  EXPECT_TRUE(without.together);
  EXPECT_FALSE(without.still_asked_for);

  const Waiting real = wait_at_the_door({});
  EXPECT_FALSE(real.together);
  EXPECT_TRUE(real.still_asked_for);
}

}  // namespace
}  // namespace sotto::room
