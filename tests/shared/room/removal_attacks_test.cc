// Attacks of those who were kicked, on a running call (security profile, sections 2, 3 and 9): they
// hold the old link, and the bridge helps them.
#include "shared/room/live_attack.h"

namespace sotto::room {
namespace {

using namespace test;

std::size_t size_seen_by(RoomNetwork& room, Participant& one) {
  return one.session->members(room.now()).size();
}

// Of Ann, Ben and Cem, the last one is kicked, and comes again as `who` with `link`.
class Return {
 public:
  enum class Who { kCem, kStranger };

  Return(const Policy& policy, bool ban) {
    room_.policy = policy;
    all_ = fill(room_, 3);
    EXPECT_TRUE(room_.act(*all_[0],
                          [&](Session& s) { return s.kick(room_.now(), leaf_of(*all_[2]), ban); }));
    room_.crash(*all_[2]);
    EXPECT_TRUE(room_.run_until_true(seconds(1), [&] { return room_.agree({all_[0], all_[1]}); }));
    room_.run(milliseconds(100));
  }

  bool gets_in(Who who, bool new_link) {
    SessionConfig config = room_.config("Cem");
    if (who == Who::kCem) config.identity = all_[2]->identity;
    if (new_link) config.link = *parse_link(RoomNetwork::last_link(*all_[0]));
    const auto before = all_[1]->session->agreement();
    room_.join(std::move(config));
    room_.run(seconds(20));
    const bool in = size_seen_by(room_, *all_[1]) == 3;
    if (!in) {
      EXPECT_EQ(all_[1]->session->agreement(), before);
    }
    return in;
  }

 private:
  RoomNetwork room_{1};
  std::vector<Participant*> all_;
};

TEST(RemovalAttacks, NobodyComesBackByTheLinkThatAKickHasEnded) {
  const Policy without = PolicyForTest::without(Rule::kNewLinkAfterKick);
  EXPECT_TRUE(Return(without, false).gets_in(Return::Who::kCem, false));
  EXPECT_TRUE(Return(without, false).gets_in(Return::Who::kStranger, false));
  EXPECT_FALSE(Return({}, false).gets_in(Return::Who::kCem, false));
  EXPECT_FALSE(Return({}, false).gets_in(Return::Who::kStranger, false));
}

// A friend gives him the new link.
TEST(RemovalAttacks, TheBannedDoNotComeBackByTheNewLinkEither) {
  EXPECT_TRUE(Return(PolicyForTest::without(Rule::kBanned), true).gets_in(Return::Who::kCem, true));
  EXPECT_FALSE(Return({}, true).gets_in(Return::Who::kCem, true));
  EXPECT_TRUE(Return({}, false).gets_in(Return::Who::kCem, true)) << "who was not banned does";
}

// The bridge holds the moderator's commit back until Cem has gone, or come in anew, by another one.
class Evasion : public ::testing::Test {
 protected:
  Evasion() {
    all_ = fill(room_, 3);
    room_.tamper_early = [this](Delivery& delivery) {
      return delivery.kind != MessageKind::kHandshake || delivery.sender != all_[0]->endpoint;
    };
    EXPECT_TRUE(room_.act(
        *all_[0], [&](Session& s) { return s.kick(room_.now(), leaf_of(*all_[2]), true); }));
  }
  void expect_a_new_link() {
    room_.tamper_early = nullptr;
    ASSERT_TRUE(room_.run_until_true(seconds(10), [&] {
      return room_.agree({all_[0], all_[1]}) && all_[1]->told<LinkChanged>().size() == 2;
    }));
    EXPECT_EQ(RoomNetwork::last_link(*all_[1]), RoomNetwork::last_link(*all_[0]));
    room_.join(room_.config("Cem"));
    room_.run(seconds(20));
    EXPECT_TRUE(room_.agree({all_[0], all_[1]}));
    EXPECT_TRUE(
        SessionAccess::core(*all_[1]->session).in->context.bans(all_[2]->identity->public_key()));
  }

  RoomNetwork room_{2};
  std::vector<Participant*> all_;
};

TEST_F(Evasion, WhoLeavesBeforeTheKickDoesNotSaveTheLink) {
  room_.act(*all_[2], [&](Session& s) { s.leave(room_.now()); });
  ASSERT_TRUE(room_.run_until_true(seconds(6), [&] { return size_seen_by(room_, *all_[1]) == 2; }));
  expect_a_new_link();
}

TEST_F(Evasion, WhoComesInAnewBeforeTheKickIsKickedThere) {
  const IdentityKey cems = all_[2]->identity->public_key();
  room_.crash(*all_[2]);
  SessionConfig again = room_.config("Cem");
  again.identity = all_[2]->identity;
  Participant& anew = room_.join(std::move(again));
  ASSERT_TRUE(room_.run_until_true(seconds(10),
                                   [&] { return anew.session->state() == SessionState::kIn; }));
  ASSERT_EQ(seen_by(room_, *all_[1], leaf_of(anew))->identity_key, cems);
  expect_a_new_link();
  ASSERT_EQ(anew.told<Ended>().size(), 1u);
  EXPECT_EQ(anew.told<Ended>()[0].reason, EndReason::kKicked);
}

// Cem was kicked, and the bridge has kept it from Ben, who misses commits, then, and wants back in:
// by the old link, which Cem holds, too. Cem founds a group by it and welcomes him there.
class MissedKick {
 public:
  explicit MissedKick(const Policy& policy) {
    room_.policy = policy;
    all_ = fill(room_, 4);
    room_.tamper = [this](Delivery& delivery) {
      const bool to_ben = delivery.receiver == ben().endpoint;
      const bool of_cems = delivery.sender == cems_endpoint_;
      if (to_ben || delivery.sender == ben().endpoint) {
        // What is said in the room shows Ben that there are later epochs.
        return of_cems || (to_ben && delivery.kind == MessageKind::kApplication) ||
               delivery.receiver == cems_endpoint_;
      }
      return of_cems == (delivery.receiver == cems_endpoint_);
    };
    EXPECT_TRUE(room_.act(
        *all_[0], [&](Session& s) { return s.kick(room_.now(), leaf_of(*all_[3]), false); }));
    room_.run(seconds(1));
    EXPECT_EQ(all_[3]->session->state(), SessionState::kOver);
    room_.crash(*all_[3]);
    SessionConfig config = room_.config("Cem");
    cems_endpoint_ = config.endpoint;
    cem_ = &room_.join(std::move(config));
  }

  Participant& ben() { return *all_[1]; }
  Participant& cem() { return *cem_; }
  RoomNetwork& room() { return room_; }
  bool drawn_away() {
    return ben().session->state() == SessionState::kIn &&
           cem().session->agreement() == ben().session->agreement();
  }

 private:
  RoomNetwork room_{3};
  std::vector<Participant*> all_;
  Endpoint cems_endpoint_{};
  Participant* cem_ = nullptr;
};

TEST(RemovalAttacks, TheKickedDrawNobodyAfterThemWhoMissedTheKick) {
  MissedKick without(PolicyForTest::without(Rule::kLeaveOnlyAlone));
  EXPECT_TRUE(without.room().run_until_true(seconds(50), [&] { return without.drawn_away(); }));
  EXPECT_TRUE(without.ben().erred(SessionError::kMissedCommits));
  EXPECT_FALSE(without.ben().erred(SessionError::kNotLetBack));

  MissedKick real({});
  ASSERT_TRUE(real.room().run_until_true(
      seconds(60), [&] { return real.ben().erred(SessionError::kMissedCommits); }));
  const auto group = digest_of(group_of(real.ben()));
  real.room().run(seconds(35));
  EXPECT_EQ(real.ben().session->state(), SessionState::kRejoining);
  EXPECT_TRUE(real.ben().erred(SessionError::kWelcomeRefused)) << "Cem has tried";
  EXPECT_EQ(digest_of(group_of(real.ben())), group);
  real.room().run(seconds(10));
  EXPECT_TRUE(real.ben().erred(SessionError::kNotLetBack)) << "and Ben is told";
}

// The bridge holds a moderator's kick back: until it has come through, Cem listens, and whoever has
// clicked is told so by name. Without the attack it is over at once.
TEST(RemovalAttacks, AKickThatIsHeldBackIsShownAsUnconfirmed) {
  for (const bool attacked : {false, true}) {
    SCOPED_TRACE(attacked);
    RoomNetwork room(5);
    auto all = fill(room, 3);
    Participant &ann = *all[0], &cem = *all[2];
    const mls::LeafIndex cems = leaf_of(cem);
    if (attacked) {
      room.tamper_early = [&](Delivery& delivery) {
        return delivery.kind != MessageKind::kHandshake || delivery.sender != ann.endpoint;
      };
    }
    EXPECT_TRUE(room.act(ann, [&](Session& s) { return s.kick(room.now(), cems, false); }));
    room.run(seconds(5));
    const auto pending = ann.told<RemovalsPending>();
    ASSERT_FALSE(pending.empty());
    EXPECT_EQ(pending.back().names,
              attacked ? std::vector<std::string>{cem.name} : std::vector<std::string>{});
    EXPECT_EQ(room.agree({&ann, all[1]}), !attacked);
    room.tamper_early = nullptr;
    room.run(seconds(15));
    EXPECT_TRUE(room.agree({&ann, all[1]}));
    EXPECT_TRUE(ann.told<RemovalsPending>().back().names.empty());
  }
}

// The bridge kept a KeyPackage of Ben's that was never used, and hands it out when he has long been
// in. Who speaks as a member from the same endpoint since does not want in; a listener may say
// nothing for seconds.
void hand_out_an_old_key_package(bool speaks) {
  RoomNetwork room(4);
  Participant& ann = room.join("Ann");
  room.run(seconds(1));
  std::vector<Delivery> kept;
  room.tamper_early = [&](Delivery& delivery) {
    if (delivery.kind != MessageKind::kKeyPackage || !kept.empty()) return true;
    kept.push_back(delivery);
    return false;
  };
  SessionConfig config = room.config("Ben");
  config.publishes = speaks;
  Participant& ben = room.join(std::move(config));
  ASSERT_TRUE(room.run_until_true(seconds(10), [&] { return room.agree({&ann, &ben}); }));
  room.run(seconds(5));
  ASSERT_EQ(kept.size(), 1u);
  kept[0].sender = ben.endpoint;
  kept[0].receiver = ann.endpoint;
  room.inject(kept[0]);
  if (speaks) {
    room.run(seconds(20));
    EXPECT_TRUE(ann.told<MemberGone>().empty()) << "he does not even drop out";
  } else {
    ASSERT_TRUE(room.run_until_true(seconds(10), [&] { return !ann.told<MemberGone>().empty(); }));
  }
  EXPECT_TRUE(room.run_until_true(seconds(20), [&] { return room.agree({&ann, &ben}); }));
  EXPECT_TRUE(ben.told<Ended>().empty());
}

// It has a listener replaced by himself; his page comes back, and does not think that it was left.
TEST(RemovalAttacks, AnOldKeyPackageThrowsNobodyOut) {
  hand_out_an_old_key_package(true);
  hand_out_an_old_key_package(false);
}

}  // namespace
}  // namespace sotto::room
