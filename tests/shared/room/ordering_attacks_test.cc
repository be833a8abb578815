// Attacks on which commit counts and which group one is in, on a running call (security profile,
// sections 2 and 9).
#include "shared/room/live_attack.h"

namespace sotto::room {
namespace {

using namespace test;

// Eve spoils her commit's path for who sits beside her, so that all the others go on and the victim
// does not; then she makes another one for it alone.
class PathSpoilt {
 public:
  explicit PathSpoilt(const Policy& policy) {
    room_.policy = policy;
    all_ = fill(room_, 4);
    victim_ = &sitting_at(all_, 2);
    eve_ = &sitting_at(all_, 3);
    agreement_ = ann().session->agreement();
    before_ = digest_of(group_of(victim()));
    room_.send(eve(), {MessageKind::kHandshake,
                       {},
                       commit_that_locks_out_the_neighbour(group_of(eve()), room_.random())});
    room_.send(eve(), {MessageKind::kHandshake, {}, committed_by(eve(), {}, room_.random())});
    room_.crash(eve());
    room_.run(milliseconds(60));
    EXPECT_NE(ann().session->agreement(), agreement_) << "the others take the first one";
  }

  Participant& ann() { return *all_[0]; }
  Participant& victim() { return *victim_; }
  Participant& eve() { return *eve_; }
  RoomNetwork& room() { return room_; }
  bool as_before() { return digest_of(group_of(victim())) == before_; }
  bool with_the_others() {
    return victim().session->state() == SessionState::kIn &&
           victim().session->agreement() == ann().session->agreement();
  }

 private:
  RoomNetwork room_{1};
  std::vector<Participant*> all_;
  Participant* victim_ = nullptr;
  Participant* eve_ = nullptr;
  std::vector<std::uint8_t> agreement_;
  mls::HashValue before_{};
};

TEST(OrderingAttacks, NobodyIsLedAsideByASpoiltPath) {
  PathSpoilt without(PolicyForTest::without(Rule::kFirstValidCommit));
  EXPECT_FALSE(without.as_before()) << "the second commit was taken";
  EXPECT_EQ(without.victim().session->epoch(), without.ann().session->epoch());
  EXPECT_FALSE(without.with_the_others()) << "in a room with Eve alone";
  EXPECT_FALSE(without.victim().erred(SessionError::kLockedOut));

  PathSpoilt real({});
  EXPECT_TRUE(real.as_before());
  EXPECT_EQ(real.victim().session->state(), SessionState::kRejoining);
  EXPECT_TRUE(real.victim().erred(SessionError::kLockedOut)) << "it says so";
  EXPECT_TRUE(real.room().run_until_true(seconds(8), [&] { return real.with_the_others(); }))
      << "removed and added in one commit";
  const auto gone = real.ann().told<MemberGone>();
  ASSERT_EQ(gone.size(), 1u);
  EXPECT_EQ(gone[0].reason, GoneReason::kRejoined);
}

// Eve, who holds the link, has a group of her own with Fay. The bridge has kept a KeyPackage of
// Ben's, by which she welcomes him there, out of the call that he is in.
bool drawn_out_of_company(const Policy& policy) {
  RoomNetwork room(2);
  room.policy = policy;
  std::set<Endpoint> hers;
  room.tamper = [&](Delivery& delivery) {
    return hers.count(delivery.sender) == hers.count(delivery.receiver);
  };
  std::vector<Delivery> kept, welcomes;
  Participant& ann = room.join("Ann");
  room.run(seconds(1));
  room.tamper_early = [&](Delivery& delivery) {
    if (delivery.kind == MessageKind::kWelcome && hers.count(delivery.sender) != 0) {
      welcomes.push_back(delivery);
    }
    if (delivery.kind != MessageKind::kKeyPackage || !kept.empty()) return true;
    kept.push_back(delivery);
    return false;
  };
  Participant& ben = room.join("Ben");
  EXPECT_TRUE(room.run_until_true(seconds(10), [&] { return room.agree({&ann, &ben}); }));
  Participant* others[2];
  for (int i = 0; i < 2; ++i) {
    SessionConfig config = room.config(i == 0 ? "Eve" : "Fay");
    hers.insert(config.endpoint);
    others[i] = &room.join(std::move(config));
    room.run(seconds(10));
  }
  EXPECT_TRUE(room.agree({others[0], others[1]}));
  welcomes.clear();
  for (Participant* one : others) {
    Delivery given = kept.at(0);
    given.receiver = one->endpoint;
    room.inject(given);
  }
  EXPECT_TRUE(room.run_until_true(seconds(5), [&] { return !welcomes.empty(); }));
  const std::string before = state_of(ben, room.now());
  Delivery welcome = welcomes.at(0);
  welcome.receiver = ben.endpoint;
  room.act(ben, [&](Session& s) { s.handle_welcome(room.now(), welcome.sender, welcome.bytes); });
  const std::string after = state_of(ben, room.now());
  room.run(seconds(1));
  const bool drawn = group_of(ben).group_id() == group_of(*others[0]).group_id();
  EXPECT_EQ(after == before, !drawn);
  return drawn;
}

TEST(OrderingAttacks, NobodyIsDrawnOutOfCompany) {
  EXPECT_TRUE(drawn_out_of_company(PolicyForTest::without(Rule::kLeaveOnlyAlone)));
  EXPECT_FALSE(drawn_out_of_company({}));
}

// Eve ends the group, to have all go on in another one of hers.
bool moved_elsewhere(const Policy& policy) {
  RoomNetwork room(3);
  room.policy = policy;
  auto all = fill(room, 3);
  Participant &ben = *all[1], &eve = *all[2];
  mls::ReInit elsewhere;
  elsewhere.group_id = mls::to_bytes(as_bytes("elsewhere"));
  elsewhere.cipher_suite = group_of(eve).cipher_suite();
  elsewhere.extensions = group_of(eve).context().extensions;
  const std::string before = state_of(ben, room.now(), false);
  room.send(eve, {MessageKind::kHandshake, {}, committed_by(eve, {{elsewhere}}, room.random())});
  room.run(milliseconds(60));
  const bool ended = !group_of(ben).active();
  if (!ended) {
    EXPECT_EQ(state_of(ben, room.now(), false), before);
    EXPECT_TRUE(ben.erred(SessionError::kCommitRefused));
    EXPECT_TRUE(room.act(*all[0], [&](Session& s) { return s.say(room.now(), "still here"); }));
    room.run(seconds(1));
    EXPECT_EQ(ben.told<ChatReceived>().size(), 1u);
  }
  return ended;
}

TEST(OrderingAttacks, NobodyIsMovedByAReInit) {
  EXPECT_TRUE(moved_elsewhere(PolicyForTest::without(Rule::kNoReInit)));
  EXPECT_FALSE(moved_elsewhere({}));
}

// Eve's client sends her handshakes in the clear: the bridge could read who comes, and when.
bool taken_in_the_clear(const Policy& policy) {
  RoomNetwork room(4);
  room.policy = policy;
  auto all = fill(room, 3);
  Participant &ben = *all[1], &eve = *all[2];
  mls::GroupAccess::state(group_of(eve)).options.private_handshake = false;
  const std::string before = state_of(ben, room.now());
  const auto epoch = ben.session->epoch();
  room.send(eve, {MessageKind::kHandshake, {}, committed_by(eve, {}, room.random())});
  room.run(milliseconds(60));
  const bool taken = ben.session->epoch() != epoch;
  EXPECT_EQ(state_of(ben, room.now()) == before, !taken);
  return taken;
}

TEST(OrderingAttacks, NobodyTakesHandshakesInTheClear) {
  EXPECT_TRUE(taken_in_the_clear(PolicyForTest::without(Rule::kHandshakesSealed)));
  EXPECT_FALSE(taken_in_the_clear({}));
}

// The bridge loses a commit that lets somebody in and brings another one instead. A Welcome of the
// first, were it out already, would lead the joiner into a group that is nobody's.
class LostCommit {
 public:
  LostCommit() {
    all_ = fill(room_, 3);
    room_.tamper_early = [this](Delivery& delivery) {
      welcomes_ += delivery.kind == MessageKind::kWelcome;
      if (delivery.kind != MessageKind::kHandshake || !lost_.empty()) return true;
      lost_.push_back(delivery);
      return false;
    };
    late_ = &room_.join("late");
    EXPECT_TRUE(room_.run_until_true(seconds(3), [&] { return !lost_.empty(); }));
  }
  // As a client would that does not wait for its commit.
  void release_the_welcome() {
    for (Participant* one : all_) {
      if (one->endpoint != lost_.at(0).sender) continue;
      const std::vector<std::uint8_t> welcome = core_of(*one).in->commit->welcome;
      room_.act(*late_, [&](Session& s) { s.handle_welcome(room_.now(), one->endpoint, welcome); });
    }
  }
  void bring_another() {
    for (Participant* one : all_) {
      if (one->endpoint == lost_.at(0).sender) continue;
      commit_as(room_, *one, {});
      break;
    }
    const auto epoch = all_[0]->session->epoch();
    EXPECT_TRUE(room_.run_until_true(milliseconds(200), [&] {
      return all_[0]->session->epoch() != epoch && room_.agree(all_);
    }));
    // The first one is brought after all, too late.
    for (Participant* one : all_) {
      lost_[0].receiver = one->endpoint;
      room_.inject(lost_[0]);
    }
    room_.run(milliseconds(10));
  }
  bool nobodys() {
    EXPECT_TRUE(room_.agree(all_)) << "the others are among themselves";
    return late_->session->state() == SessionState::kIn &&
           late_->session->agreement() != all_[0]->session->agreement();
  }
  bool in_company() {
    std::vector<Participant*> all = all_;
    all.push_back(late_);
    return room_.agree(all);
  }
  RoomNetwork& room() { return room_; }
  std::size_t welcomes() const { return welcomes_; }

 private:
  RoomNetwork room_{5};
  std::vector<Participant*> all_;
  Participant* late_ = nullptr;
  std::vector<Delivery> lost_;
  std::size_t welcomes_ = 0;
};

TEST(OrderingAttacks, NoWelcomeIsReleasedForACommitThatLost) {
  LostCommit at_once;
  at_once.release_the_welcome();
  at_once.bring_another();
  EXPECT_TRUE(at_once.nobodys());

  LostCommit real;
  real.bring_another();
  EXPECT_FALSE(real.nobodys());
  EXPECT_TRUE(real.room().run_until_true(seconds(4), [&] { return real.in_company(); }));
  EXPECT_EQ(real.welcomes(), 1u);
}

// Somebody sets Ben's clock a year ahead. He lets nobody in by it, and takes what others commit:
// were a commit valid by the clock, the group would fall apart here.
TEST(OrderingAttacks, NoClockDecidesWhichCommitIsValid) {
  RoomNetwork room(6);
  Participant& ann = room.join("Ann");
  room.run(seconds(1));
  room.clocks_ahead = 365 * 24 * 3600;
  Participant& ben = room.join("Ben");
  room.run(seconds(1));
  EXPECT_FALSE(room.agree({&ann, &ben})) << "his KeyPackage is of next year";
  room.clocks_ahead = 0;
  core_of(ben).unix_at_start -= 365 * 24 * 3600;
  ASSERT_TRUE(room.run_until_true(seconds(10), [&] { return room.agree({&ann, &ben}); }));
  core_of(ben).unix_at_start += 365 * 24 * 3600;
  Participant& cem = room.join("Cem");
  EXPECT_TRUE(room.run_until_true(seconds(5), [&] { return room.agree({&ann, &ben, &cem}); }));
}

// An app, or a script in a page, asks for fresh keys as often as it can, on every member's machine:
// each commit is work and keys for all.
std::size_t commits_in_a_minute(const Policy& policy) {
  RoomNetwork room(7);
  room.policy = policy;
  auto all = fill(room, 3);
  const std::size_t before = room.handshakes();
  for (int i = 0; i < 120; ++i) {
    for (Participant* one : all) {
      EXPECT_TRUE(room.act(*one, [&](Session& s) { return s.update(room.now()); }));
    }
    room.run(milliseconds(500));
  }
  EXPECT_TRUE(room.run_until_true(seconds(3), [&] { return room.agree(all); }));
  return room.handshakes() - before;
}

TEST(OrderingAttacks, NobodyMakesAStormOfUpdates) {
  EXPECT_GT(commits_in_a_minute(PolicyForTest::without(Rule::kUpdatesSpaced)), 100u);
  EXPECT_LE(commits_in_a_minute({}), 3u);
}

// Somebody has set Ben's clock a day ahead. Were it for each member to judge by it whether a
// KeyPackage is still good, he would refuse what all the others take: as if its commit never came.
bool stays_behind(bool looks_at_a_clock) {
  RoomNetwork room(8);
  auto all = fill(room, 2);
  Participant &ann = *all[0], &ben = *all[1];
  core_of(ben).unix_at_start += 24 * 3600;
  std::optional<mls::Lifetime> life;
  room.tamper = [&](Delivery& delivery) {
    if (delivery.kind == MessageKind::kKeyPackage && !delivery.bytes.empty()) {
      life = opened(ann, delivery).leaf_node.lifetime;
    }
    const bool looks = looks_at_a_clock && delivery.kind == MessageKind::kHandshake;
    if (!looks || !life || delivery.receiver != ben.endpoint) return true;
    return core_of(ben).unix_seconds(room.now()) <= life->not_after;
  };
  Participant& cem = room.join("Cem");
  room.run(seconds(8));
  EXPECT_EQ(ann.session->agreement(), cem.session->agreement());
  return !room.agree({&ann, &ben, &cem});
}

TEST(OrderingAttacks, NobodyStaysBehindForItsClock) {
  EXPECT_TRUE(stays_behind(true));
  EXPECT_FALSE(stays_behind(false));
}

}  // namespace
}  // namespace sotto::room
