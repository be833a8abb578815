// How the one who is to be kicked keeps the place, the link or the say: with a client of one's own,
// and a bridge that holds the moderator's commit back for a while (security profile, section 3).
#include "room/own_key_packages.h"
#include "shared/room/live_attack.h"

namespace sotto::room {
namespace {

using namespace test;

// Ann, who moderates, Cem beside her in the tree, whom she kicks, and Ben.
class KickAttacks : public ::testing::Test {
 protected:
  KickAttacks() {
    all_ = fill(room_, 3);
    if (leaf_of(*all_[1]).value != 1) std::swap(all_[1], all_[2]);
  }

  Participant& ann() { return *all_[0]; }
  Participant& cem() { return *all_[1]; }
  Participant& ben() { return *all_[2]; }
  IdentityKey cems_identity() { return cem().identity->public_key(); }

  void hold_anns_commits_back() {
    room_.tamper_early = [this](Delivery& delivery) {
      return delivery.kind != MessageKind::kHandshake || delivery.sender != ann().endpoint;
    };
  }
  void kick_cem(bool ban = false) {
    EXPECT_TRUE(
        room_.act(ann(), [&](Session& s) { return s.kick(room_.now(), leaf_of(cem()), ban); }));
  }
  // Somebody with Cem's identity, on a page of their own.
  Participant& come_again() {
    SessionConfig again = room_.config("Cem");
    again.identity = cem().identity;
    return room_.join(std::move(again));
  }
  std::size_t size_seen_by_ben() { return ben().session->members(room_.now()).size(); }
  bool cem_sits_there() {
    for (const MemberView& member : ben().session->members(room_.now())) {
      if (member.identity_key == cems_identity()) return true;
    }
    return false;
  }
  bool link_has_ended() {
    return room_.run_until_true(seconds(15), [&] {
      return RoomNetwork::last_link(ben()) != RoomNetwork::last_link(cem()) &&
             RoomNetwork::last_link(ben()) == RoomNetwork::last_link(ann());
    });
  }

  RoomNetwork room_{1};
  std::vector<Participant*> all_;
};

TEST_F(KickAttacks, WhoLeavesAndComesInAnewBeforeTheKickIsKickedThere) {
  hold_anns_commits_back();
  kick_cem();
  room_.act(cem(), [&](Session& s) { s.leave(room_.now()); });
  ASSERT_TRUE(room_.run_until_true(seconds(6), [&] { return size_seen_by_ben() == 2; }));
  Participant& anew = come_again();
  ASSERT_TRUE(room_.run_until_true(seconds(10),
                                   [&] { return anew.session->state() == SessionState::kIn; }));
  room_.tamper_early = nullptr;
  EXPECT_TRUE(link_has_ended());
  room_.run(seconds(5));
  EXPECT_FALSE(cem_sits_there());
  EXPECT_NE(RoomNetwork::last_link(anew), RoomNetwork::last_link(ann()));
}

// Cem's client puts him in a second leaf. Ann sees him twice, and kicks one of them.
TEST_F(KickAttacks, WhoSitsInTwoLeavesIsKickedFromBoth) {
  std::optional<Delivery> second;
  room_.tamper_early = [&](Delivery& delivery) {
    if (delivery.kind != MessageKind::kKeyPackage || delivery.bytes.empty()) return true;
    second = delivery;
    return false;
  };
  Participant& twin = come_again();
  ASSERT_TRUE(room_.run_until_true(seconds(2), [&] { return second.has_value(); }));
  room_.tamper_early = [&](Delivery& delivery) {
    return delivery.kind != MessageKind::kKeyPackage;
  };
  commit_as(room_, cem(), {{mls::Add{opened(cem(), *second)}}}, {twin.endpoint});
  room_.run(seconds(2));
  ASSERT_EQ(size_seen_by_ben(), 4u);
  room_.tamper_early = nullptr;
  kick_cem(true);
  room_.run(seconds(3));
  EXPECT_FALSE(cem_sits_there());
}

// Cem is a moderator. Before the kick, Ben's page takes him for gone; so he is not struck off by
// it.
TEST_F(KickAttacks, WhoHasGoneBeforeTheKickLosesTheSayAsWell) {
  ASSERT_TRUE(
      room_.act(ann(), [&](Session& s) { return s.make_moderator(room_.now(), leaf_of(cem())); }));
  room_.run(seconds(1));
  hold_anns_commits_back();
  kick_cem();
  commit_as(room_, ben(), {{mls::Remove{leaf_of(cem())}}});
  room_.run(milliseconds(500));
  room_.crash(cem());
  room_.tamper_early = nullptr;
  ASSERT_TRUE(link_has_ended());
  EXPECT_FALSE(core_of(ben()).in->context.lists_moderator(cems_identity()));
}

// Cem removes Ann, so that her wish would go with her leaf.
TEST_F(KickAttacks, WhoRemovesTheModeratorFirstIsKickedAllTheSame) {
  hold_anns_commits_back();
  kick_cem();
  commit_as(room_, cem(), {{mls::Remove{leaf_of(ann())}}});
  room_.run(milliseconds(500));
  room_.tamper_early = nullptr;
  ASSERT_TRUE(room_.run_until_true(seconds(20),
                                   [&] { return ann().session->state() == SessionState::kIn; }));
  EXPECT_TRUE(link_has_ended());
  EXPECT_FALSE(cem_sits_there());
}

// Or he spoils the path for her alone, and the bridge takes his commit first.
TEST_F(KickAttacks, WhoLocksTheModeratorOutIsKickedAllTheSame) {
  hold_anns_commits_back();
  kick_cem();
  room_.send(cem(), {MessageKind::kHandshake,
                     {},
                     commit_that_locks_out_the_neighbour(group_of(cem()), room_.random())});
  ASSERT_TRUE(room_.run_until_true(
      seconds(1), [&] { return ann().session->state() == SessionState::kRejoining; }));
  room_.tamper_early = nullptr;
  EXPECT_TRUE(link_has_ended());
  EXPECT_FALSE(cem_sits_there());
}

// Ann kicks Cem and leaves at once. The bridge takes a commit of Cem's first, so that hers is lost
// with her.
TEST_F(KickAttacks, WhoCommitsBeforeAModeratorWhoLeavesIsKickedAllTheSame) {
  hold_anns_commits_back();
  kick_cem();
  commit_as(room_, cem(), {});
  room_.act(ann(), [&](Session& s) { s.leave(room_.now()); });
  room_.run(milliseconds(100));
  ASSERT_TRUE(cem_sits_there());
  room_.tamper_early = nullptr;
  ASSERT_TRUE(room_.run_until_true(seconds(4), [&] { return size_seen_by_ben() == 1; }));
  EXPECT_FALSE(cem_sits_there());
  EXPECT_NE(RoomNetwork::last_link(ben()), RoomNetwork::last_link(cem()));
  EXPECT_EQ(ann().session->state(), SessionState::kOver);
  EXPECT_EQ(ann().told<Ended>().back().reason, EndReason::kLeft);
  EXPECT_FALSE(ann().erred(SessionError::kCommitFailed));
}

// She waits for it as long as for anything when she leaves, and is told that it did not get
// through.
TEST_F(KickAttacks, WhoIsNotKickedBeforeTheModeratorHasToGoIsNamedToHer) {
  hold_anns_commits_back();
  kick_cem();
  room_.act(ann(), [&](Session& s) { s.leave(room_.now()); });
  room_.run(seconds(6));
  EXPECT_EQ(ann().session->state(), SessionState::kOver);
  EXPECT_TRUE(ann().erred(SessionError::kCommitFailed));
  EXPECT_TRUE(cem_sits_there());
}

// Nothing of hers waits: she goes at once, as ever.
TEST_F(KickAttacks, AModeratorWhoHasKickedGoesAsSoonAsTheKickIsThere) {
  kick_cem();
  room_.act(ann(), [&](Session& s) { s.leave(room_.now()); });
  EXPECT_TRUE(room_.run_until_true(seconds(3), [&] { return size_seen_by_ben() == 1; }));
  EXPECT_TRUE(ann().told<ErrorOccurred>().empty());
  EXPECT_TRUE(core_of(ben()).in->context.moderators.empty()) << "her say has gone with her";
}

}  // namespace
}  // namespace sotto::room
