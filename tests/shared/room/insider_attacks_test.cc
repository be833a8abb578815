// Attacks of a member with a client of its own making: its messages are genuine, and its commits
// keep to the rules.
#include <gtest/gtest.h>

#include "room/own_key_packages.h"
#include "shared/room/session_access.h"
#include "shared/room/session_state.h"
#include "support/filled_room.h"

namespace sotto::room {
namespace {

using std::chrono::seconds;
using test::commit_as;
using test::core_of;
using test::Delivery;
using test::fill;
using test::leaf_of;
using test::Participant;
using test::RoomNetwork;
using test::state_of;

MemberView view_of(const Participant& viewer, Time now, mls::LeafIndex leaf) {
  for (MemberView& view : viewer.session->members(now)) {
    if (view.leaf == leaf) return view;
  }
  return {};
}

std::vector<mls::LeafIndex> leaves_of(const std::vector<Participant*>& all) {
  std::vector<mls::LeafIndex> leaves;
  for (const Participant* one : all) leaves.push_back(leaf_of(*one));
  std::sort(leaves.begin(), leaves.end());
  return leaves;
}

// (2) Only who commits looks at a clock and at what has been used. So a member that keeps Ben's
// KeyPackage can put it in Ben's place at any time; Ben, who has no key of that leaf any more, must
// not take it for himself in another tab.
TEST(InsiderAttacks, NobodyIsSentAwayByAKeyPackageOfItsOwn) {
  RoomNetwork room(1);
  std::vector<Delivery> key_packages;
  room.tamper_early = [&](Delivery& delivery) {
    if (delivery.kind == MessageKind::kKeyPackage) key_packages.push_back(delivery);
    return true;
  };
  auto all = fill(room, 4);
  Participant& ben = *all[1];
  Participant& mallory = *all[3];
  for (int again = 0; again < 3; ++again) {
    const auto bens = std::find_if(key_packages.begin(), key_packages.end(), [&](const auto& one) {
      return one.sender == ben.endpoint && !one.bytes.empty();
    });
    ASSERT_NE(bens, key_packages.end());
    commit_as(room, mallory,
              {{mls::Remove{leaf_of(ben)}}, {mls::Add{test::opened(mallory, *bens)}}});
    room.run(seconds(1));
    EXPECT_EQ(mallory.session->members(room.now()).size(), 4u) << "by the rules, it counts";
    EXPECT_TRUE(ben.told<Ended>().empty());
    EXPECT_TRUE(room.run_until_true(seconds(20), [&] { return room.agree(all); }));
  }
}

// (2) Nor by one from before Ben's page was loaded again: the session that is there now knows
// nothing of that one.
TEST(InsiderAttacks, NobodyIsSentAwayByAKeyPackageOfALifeBefore) {
  RoomNetwork room(8);
  std::vector<Delivery> key_packages;
  room.tamper_early = [&](Delivery& delivery) {
    if (delivery.kind == MessageKind::kKeyPackage) key_packages.push_back(delivery);
    return true;
  };
  auto all = fill(room, 4);
  Participant& mallory = *all[3];
  const auto bens = std::find_if(key_packages.begin(), key_packages.end(), [&](const auto& one) {
    return one.sender == all[1]->endpoint && !one.bytes.empty();
  });
  ASSERT_NE(bens, key_packages.end());
  const mls::KeyPackage kept = test::opened(mallory, *bens);
  room.run(seconds(60));
  all[1] = &room.reload(*all[1]);
  Participant& ben = *all[1];
  ASSERT_TRUE(room.run_until_true(seconds(20), [&] { return room.agree(all); }));
  commit_as(room, mallory, {{mls::Remove{leaf_of(ben)}}, {mls::Add{kept}}});
  room.run(seconds(1));
  EXPECT_EQ(mallory.session->members(room.now()).size(), 4u) << "by the rules, it counts";
  EXPECT_TRUE(ben.told<Ended>().empty());
  EXPECT_TRUE(room.run_until_true(seconds(20), [&] { return room.agree(all); }));
}

// Mallory puts an accomplice in Ben's leaf.
void replace_by_eve(RoomNetwork& room, Participant& ben, Participant& mallory) {
  std::optional<Delivery> eves;
  room.tamper_early = [&](Delivery& delivery) {
    if (delivery.kind != MessageKind::kKeyPackage) return true;
    eves = delivery;
    return false;
  };
  Participant& eve = room.join("Eve");
  room.run_until_true(seconds(2), [&] { return eves.has_value(); });
  ASSERT_TRUE(eves);
  const mls::LeafIndex leaf = leaf_of(ben);
  ben.online = ben.running = false;
  commit_as(room, mallory, {{mls::Remove{leaf}}, {mls::Add{test::opened(mallory, *eves)}}},
            {eve.endpoint});
  room.run(seconds(1));
  room.tamper_early = nullptr;
}

// (10) While people read the code to each other, somebody puts an accomplice in Ben's leaf.
TEST(InsiderAttacks, ACodeVerifiesWhoComparedItAndNotWhoHasTheLeafNow) {
  RoomNetwork room(2);
  auto all = fill(room, 4);
  Participant& ann = *all[0];
  Participant& ben = *all[1];
  Participant& mallory = *all[3];
  const mls::LeafIndex leaf = leaf_of(ben);
  ASSERT_TRUE(room.act(ann, [&](Session& s) { return s.start_code(room.now()); }));
  room.run(seconds(1));
  ASSERT_EQ(ann.told<CodeShown>().size(), 1u);

  replace_by_eve(room, ben, mallory);
  ASSERT_EQ(view_of(ann, room.now(), leaf).name, "Eve");

  const ShortCode read = ann.told<CodeShown>()[0].code;
  EXPECT_TRUE(room.act(ann, [&](Session& s) { return s.confirm_code(room.now(), read); }));
  EXPECT_NE(view_of(ann, room.now(), leaf).standing, Standing::kVerified);
  EXPECT_EQ(view_of(ann, room.now(), leaf_of(*all[2])).standing, Standing::kVerified);
}

// (10) Ann has Ben's fingerprint before her, and says that it matches when Eve has his leaf
// already.
TEST(InsiderAttacks, AYesToAFingerprintIsForWhoWasShown) {
  RoomNetwork room(6);
  auto all = fill(room, 4);
  Participant& ann = *all[0];
  const MemberView ben = view_of(ann, room.now(), leaf_of(*all[1]));
  replace_by_eve(room, *all[1], *all[3]);
  const MemberView eve = view_of(ann, room.now(), ben.leaf);
  ASSERT_EQ(eve.name, "Eve");
  const auto confirm = [&](const IdentityKey& shown) {
    return room.act(ann,
                    [&](Session& s) { return s.confirm_fingerprint(room.now(), ben.leaf, shown); });
  };
  const auto accept = [&](const IdentityKey& shown) {
    return room.act(ann, [&](Session& s) { return s.accept_change(room.now(), ben.leaf, shown); });
  };
  EXPECT_EQ(confirm(ben.identity_key).error(), Error::kNotFound);
  EXPECT_EQ(accept(ben.identity_key).error(), Error::kNotFound);
  EXPECT_EQ(view_of(ann, room.now(), ben.leaf).standing, eve.standing);
  EXPECT_TRUE(confirm(eve.identity_key));
  EXPECT_EQ(view_of(ann, room.now(), ben.leaf).standing, Standing::kVerified);
}

// (6) Ann kicks Ben, or makes him a moderator, as Dan takes his leaf. By the leaf alone it is Dan
// whom it hits; by whom she was shown, nobody.
TEST(InsiderAttacks, AModeratorsWishIsForWhoWasShown) {
  for (const bool by_leaf_alone : {true, false}) {
    SCOPED_TRACE(by_leaf_alone);
    RoomNetwork room(12);
    auto all = fill(room, 4);
    Participant& ann = *all[0];
    const MemberView ben = view_of(ann, room.now(), leaf_of(*all[1]));
    replace_by_eve(room, *all[1], *all[3]);
    const IdentityKey* shown = by_leaf_alone ? nullptr : &ben.identity_key;
    const std::string before = state_of(ann, room.now());
    const bool moderator =
        room.act(ann, [&](Session& s) { return s.make_moderator(room.now(), ben.leaf, shown); })
            .has_value();
    EXPECT_EQ(moderator, by_leaf_alone);
    const bool kicked =
        room.act(ann, [&](Session& s) { return s.kick(room.now(), ben.leaf, false, shown); })
            .has_value();
    EXPECT_EQ(kicked, by_leaf_alone);
    EXPECT_EQ(state_of(ann, room.now()) == before, !by_leaf_alone);
    room.run(seconds(2));
    EXPECT_EQ(ann.told<LinkChanged>().size(), by_leaf_alone ? 2u : 1u);
  }
}

// (10) Rounds are numbered: who takes the last number must not have the last code.
TEST(InsiderAttacks, NobodyEndsCodesForGood) {
  RoomNetwork room(3);
  auto all = fill(room, 3);
  Participant& mallory = *all[2];
  CodeStart last{UINT32_MAX, leaves_of(all)};
  core_of(mallory).send({MessageType::kCodeStart, encode(CodeMessage(last)), 0});
  room.act(mallory, [&](Session& s) { s.handle_timeout(room.now()); });
  room.run(seconds(1));
  ASSERT_TRUE(
      room.act(*all[0], [&](Session& s) { return s.kick(room.now(), leaf_of(mallory), true); }));
  room.run(seconds(1));
  ASSERT_TRUE(room.act(*all[0], [&](Session& s) { return s.start_code(room.now()); }));
  room.run(seconds(1));
  ASSERT_EQ(all[0]->told<CodeShown>().size(), 1u);
  ASSERT_EQ(all[1]->told<CodeShown>().size(), 1u);
  EXPECT_EQ(all[0]->told<CodeShown>()[0].code, all[1]->told<CodeShown>()[0].code);
}

// (10) Each start is answered by everybody: one who sends many would make all of them flood all.
TEST(InsiderAttacks, AFloodOfCodeStartsIsNotMultipliedByTheOthers) {
  RoomNetwork room(4);
  auto all = fill(room, 6);
  Participant& mallory = *all[5];
  std::size_t answers = 0;
  room.tamper_early = [&](Delivery& delivery) {
    answers += delivery.kind == MessageKind::kApplication && delivery.sender != mallory.endpoint;
    return true;
  };
  const std::vector<mls::LeafIndex> everybody = leaves_of(all);
  for (std::uint32_t round = 1; round <= 100; ++round) {
    core_of(mallory).send(
        {MessageType::kCodeStart, encode(CodeMessage(CodeStart{round, everybody})), 0});
    room.act(mallory, [&](Session& s) { s.handle_timeout(room.now()); });
    room.run(std::chrono::milliseconds(50));
  }
  EXPECT_LT(answers, 60u) << "five seconds, five others, presence included";
}

// (6) A moderator says yes to Ben, and to nobody who takes his place at the door meanwhile: Eve
// holds the link, too, and the service gives her KeyPackage out as from Ben's endpoint.
TEST(InsiderAttacks, AYesIsForWhoWasShown) {
  RoomNetwork room(5);
  auto all = fill(room, 2);
  Participant& ann = *all[0];
  ASSERT_TRUE(
      room.act(ann, [&](Session& s) { return s.set_join_policy(room.now(), JoinPolicy::kKnock); }));
  room.run(seconds(1));
  Participant& ben = room.join("Ben");
  room.run(seconds(1));
  ASSERT_EQ(ann.told<JoinRequested>().size(), 1u);
  // Her commit does not get through, the other one's does: her yes is among her wishes again.
  room.tamper_early = [&](Delivery& delivery) {
    return delivery.kind != MessageKind::kHandshake || delivery.sender != ann.endpoint;
  };
  ASSERT_TRUE(room.act(ann, [&](Session& s) { return s.admit(room.now(), ben.endpoint); }));
  SessionConfig eve = room.config("Eve");
  eve.endpoint = ben.endpoint;
  OwnKeyPackages eves;
  const auto sealed = eves.make(eve, *link_keys(room.link(), "room"), 1'800'000'000, room.random());
  ASSERT_TRUE(sealed);
  room.inject({MessageKind::kKeyPackage, ben.endpoint, 0, *sealed, ann.endpoint});
  commit_as(room, *all[1], {});
  room.run(seconds(1));
  room.tamper_early = nullptr;
  room.inject({MessageKind::kKeyPackage, ben.endpoint, 0, *sealed, ann.endpoint});
  room.run(seconds(2));
  for (const MemberView& view : ann.session->members(room.now())) EXPECT_NE(view.name, "Eve");
  EXPECT_GE(ann.told<JoinWithdrawn>().size(), 1u);
  ASSERT_GE(ann.told<JoinRequested>().size(), 2u);
  EXPECT_EQ(ann.told<JoinRequested>()[1].name, "Eve") << "who is asked for anew";
}

// (9) Mallory commits as often as the service lets one endpoint (delivery/limits.h: ten times a
// second), with no other wish than to be first. Whoever waits 100 ms for others to join with comes
// too late each time.
TEST(InsiderAttacks, WhoCommitsAllTheTimeKeepsNobodyOutNorItselfIn) {
  RoomNetwork room(7);
  auto all = fill(room, 4);
  Participant& ann = *all[0];
  Participant& mallory = *all[3];
  Time next{};
  const auto commits_until = [&](const std::function<bool()>& done) {
    for (int i = 0; i < 500 && !done(); ++i) {
      if (mallory.session->state() == SessionState::kIn && next <= room.now() &&
          !core_of(mallory).in->commit) {
        commit_as(room, mallory, {});
        next = room.now() + std::chrono::milliseconds(100);
      }
      room.run(std::chrono::milliseconds(10));
    }
    return done();
  };
  Participant& dora = room.join("Dora");
  EXPECT_TRUE(commits_until([&] { return dora.session->state() == SessionState::kIn; }));
  ASSERT_TRUE(
      room.act(ann, [&](Session& s) { return s.kick(room.now(), leaf_of(mallory), true); }));
  EXPECT_TRUE(commits_until([&] { return mallory.session->state() == SessionState::kOver; }));
}

}  // namespace
}  // namespace sotto::room
