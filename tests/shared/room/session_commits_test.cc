// Who goes, who is removed, who commits, and what becomes of a commit that does not arrive.
#include <gtest/gtest.h>

#include "support/filled_room.h"

namespace sotto::room {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using test::Delivery;
using test::fill;
using test::Participant;
using test::RoomNetwork;

std::vector<Participant*> without(std::vector<Participant*> all, const Participant* one) {
  all.erase(std::remove(all.begin(), all.end(), one), all.end());
  return all;
}

TEST(SessionCommits, RemoveAtOnceWhoLeaves) {
  RoomNetwork room(1);
  auto all = fill(room, 4);
  Participant& gone = *all[2];
  room.act(gone, [&](Session& session) { session.leave(room.now()); });
  const auto rest = without(all, &gone);
  ASSERT_TRUE(room.run_until_true(milliseconds(2500), [&] { return room.agree(rest); }));
  room.run(seconds(1));
  ASSERT_EQ(gone.told<Ended>().size(), 1u);
  EXPECT_EQ(gone.told<Ended>()[0].reason, EndReason::kLeft);
  const auto told = rest[0]->told<MemberGone>();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].reason, GoneReason::kLeft);
  EXPECT_EQ(told[0].name, gone.name);
  EXPECT_EQ(rest[0]->told<LinkChanged>().size(), 1u) << "the link stays";
  EXPECT_EQ(rest[0]->last_epoch()->removed.size(), 1u);
}

TEST(SessionCommits, LetALeaverGoThoughNobodyCommits) {
  RoomNetwork room(2);
  auto all = fill(room, 3);
  room.disconnect(*all[0]);
  room.disconnect(*all[2]);
  room.act(*all[1], [&](Session& session) { session.leave(room.now()); });
  room.run(seconds(6));
  EXPECT_EQ(all[1]->session->state(), SessionState::kOver);
}

TEST(SessionCommits, RemoveWhoIsSilent) {
  RoomNetwork room(3);
  auto all = fill(room, 4);
  Participant& gone = *all[1];
  room.crash(gone);
  const auto rest = without(all, &gone);
  room.run(seconds(25));
  EXPECT_EQ(rest[0]->session->members(room.now()).size(), 4u);
  ASSERT_TRUE(room.run_until_true(seconds(12), [&] { return room.agree(rest); }));
  const auto told = rest[0]->told<MemberGone>();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].reason, GoneReason::kRemoved);
}

// A window that is closed says nothing to the group.
TEST(SessionCommits, RemoveSoonerWhoHasGoneAsTheServiceSaysTheSoonerIfItSentMedia) {
  RoomNetwork room(13);
  auto all = fill(room, 4);
  room.run(seconds(1));
  Participant& watcher = *all[2];
  room.act(watcher, [&](Session& session) { session.set_marks(room.now(), PresenceMarks{}); });
  room.run(seconds(1));
  Participant& sender = *all[1];
  for (Participant* gone : {&sender, &watcher}) {
    room.crash(*gone);
    room.tell_left(*gone);
  }
  room.run(seconds(4));
  EXPECT_EQ(all[0]->session->members(room.now()).size(), 4u);
  room.run(seconds(2));
  EXPECT_EQ(all[0]->session->members(room.now()).size(), 3u);
  EXPECT_TRUE(room.run_until_true(seconds(8), [&] { return room.agree({all[0], all[3]}); }));
}

// The service's word alone removes nobody who is heard.
TEST(SessionCommits, KeepASenderOfWhomTheServiceSaysThatItHasGone) {
  RoomNetwork room(14);
  auto all = fill(room, 3);
  room.run(seconds(1));
  room.tell_left(*all[1]);
  room.run(seconds(30));
  EXPECT_TRUE(room.agree(all));
}

TEST(SessionCommits, ShowRemovalsThatAreNotConfirmedByName) {
  RoomNetwork room(4);
  auto all = fill(room, 3);
  room.tamper_early = [](Delivery& delivery) {
    return delivery.kind != MessageKind::kHandshake || delivery.bytes.size() < 200;
  };
  room.crash(*all[2]);
  room.run(seconds(45));
  const auto pending = all[0]->told<RemovalsPending>();
  ASSERT_FALSE(pending.empty());
  EXPECT_EQ(pending.back().names, std::vector<std::string>{all[2]->name});
}

TEST(SessionCommits, GoOnWithAnotherCommitterWhenOneDiesOverItsCommit) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    RoomNetwork room(seed);
    auto all = fill(room, 5);
    // Whoever commits first dies before anybody has its commit.
    Endpoint dead{};
    room.tamper_early = [&](Delivery& delivery) {
      if (delivery.kind != MessageKind::kHandshake || dead != Endpoint{}) return true;
      dead = delivery.sender;
      return false;
    };
    Participant& late = room.join("late");
    ASSERT_TRUE(room.run_until_true(seconds(3), [&] { return dead != Endpoint{}; }));
    Participant* committer = nullptr;
    for (Participant* one : all) {
      if (one->endpoint == dead) committer = one;
    }
    ASSERT_NE(committer, nullptr);
    room.crash(*committer);
    EXPECT_TRUE(room.run_until_true(seconds(3), [&] {
      return late.session->state() == SessionState::kIn;
    })) << "the next one steps in within a second or two";
    auto rest = without(all, committer);
    rest.push_back(&late);
    EXPECT_TRUE(room.run_until_true(seconds(40), [&] { return room.agree(rest); }));
  }
}

TEST(SessionCommits, SurviveTheDeathOfWhoseCommitHasWonBeforeItWelcomedAnybody) {
  RoomNetwork room(6);
  auto all = fill(room, 4);
  Endpoint committer{};
  room.tamper_early = [&](Delivery& delivery) {
    if (delivery.kind == MessageKind::kHandshake && committer == Endpoint{}) {
      committer = delivery.sender;
    }
    return delivery.kind != MessageKind::kWelcome || delivery.sender != committer;
  };
  Participant& late = room.join("late");
  all.push_back(&late);
  EXPECT_TRUE(room.run_until_true(seconds(60), [&] { return room.agree(all); }));
}

TEST(SessionCommits, AgreeWhenSeveralCommitAtOnce) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    RoomNetwork room(seed);
    auto all = fill(room, 6);
    for (int round = 0; round < 3; ++round) {
      for (Participant* one : all) {
        EXPECT_TRUE(room.act(*one, [&](Session& session) { return session.update(room.now()); }));
      }
      room.run(seconds(4));
      EXPECT_TRUE(room.agree(all));
    }
  }
}

TEST(SessionCommits, GetThroughALossyNetwork) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    RoomNetwork room(seed);
    room.loss_percent = 20;
    std::vector<Participant*> all{&room.join("Ann")};
    room.run(seconds(1));
    for (int i = 0; i < 6; ++i) all.push_back(&room.join("guest " + std::to_string(i)));
    EXPECT_TRUE(room.run_until_true(seconds(60), [&] { return room.agree(all); }));
  }
}

TEST(SessionCommits, KeepQuietWhileNothingHappens) {
  RoomNetwork room(8);
  auto all = fill(room, 5);
  const std::size_t before = room.handshakes();
  room.run(seconds(300));
  EXPECT_LE(room.handshakes() - before, 3u);
  EXPECT_GE(room.handshakes() - before, 1u) << "an update now and then";
  EXPECT_TRUE(room.agree(all));
}

// However many ask for them, and however often.
TEST(SessionCommits, UpdateOnceInHalfAMinuteAtMostThoughEverybodyAsksAllTheTime) {
  RoomNetwork room(88);
  auto all = fill(room, 5);
  room.run(seconds(31));
  const std::size_t before = room.handshakes();
  std::vector<Time> begun;
  std::uint64_t epoch = *all[0]->session->epoch();
  for (int i = 0; i < 600; ++i) {
    for (Participant* one : all) {
      ASSERT_TRUE(room.act(*one, [&](Session& session) { return session.update(room.now()); }));
    }
    room.run(milliseconds(200));
    if (*all[0]->session->epoch() == epoch) continue;
    epoch = *all[0]->session->epoch();
    begun.push_back(room.now());
  }
  EXPECT_TRUE(room.agree(all));
  EXPECT_GE(begun.size(), 4u) << "they are made, nevertheless";
  for (std::size_t i = 1; i < begun.size(); ++i) EXPECT_GE(begun[i] - begun[i - 1], seconds(29));
  EXPECT_LE(room.handshakes() - before, 5 * begun.size()) << "no storm of those that lost";
}

TEST(SessionCommits, UpdateAsSoonAsTheyMayAndWithWhatTheyCommitAnyway) {
  RoomNetwork room(89);
  auto all = fill(room, 3);
  const std::uint64_t before = *all[0]->session->epoch();
  EXPECT_TRUE(room.act(*all[1], [&](Session& session) { return session.update(room.now()); }));
  room.run(seconds(20));
  EXPECT_EQ(*all[0]->session->epoch(), before) << "put off";
  room.run(seconds(15));
  EXPECT_EQ(*all[0]->session->epoch(), before + 1);
  EXPECT_TRUE(room.act(*all[0], [&](Session& session) { return session.update(room.now()); }));
  EXPECT_TRUE(room.act(*all[0], [&](Session& session) {
    return session.set_join_policy(room.now(), JoinPolicy::kLocked);
  }));
  room.run(seconds(60));
  EXPECT_EQ(*all[0]->session->epoch(), before + 2) << "one commit for both";
  EXPECT_TRUE(room.act(*all[2], [&](Session& session) { return session.update(room.now()); }));
  room.run(seconds(1));
  EXPECT_EQ(*all[0]->session->epoch(), before + 3) << "long enough after the last: at once";
  EXPECT_TRUE(room.agree(all));
}

TEST(SessionCommits, KickAndGiveTheOthersANewLink) {
  RoomNetwork room(9);
  auto all = fill(room, 4);
  Participant& kicked = *all[2];
  const mls::LeafIndex leaf = *kicked.session->own_leaf();
  ASSERT_TRUE(
      room.act(*all[0], [&](Session& session) { return session.kick(room.now(), leaf, false); }));
  const auto rest = without(all, &kicked);
  ASSERT_TRUE(room.run_until_true(seconds(2), [&] { return room.agree(rest); }));
  room.run(seconds(1));
  ASSERT_EQ(kicked.told<Ended>().size(), 1u);
  EXPECT_EQ(kicked.told<Ended>()[0].reason, EndReason::kKicked);
  const std::string old_link = room.last_link(kicked);
  for (Participant* one : rest) {
    EXPECT_EQ(room.last_link(*one), room.last_link(*rest[0]));
    EXPECT_NE(room.last_link(*one), old_link);
    EXPECT_EQ(one->told<MemberGone>().back().reason, GoneReason::kKicked);
  }
  // By the old link nobody comes in any more, by the new one somebody does.
  SessionConfig again = room.config("kicked");
  again.identity = kicked.identity;
  Participant& returned = room.join(std::move(again));
  room.run(seconds(20));
  EXPECT_TRUE(room.agree(rest));
  EXPECT_TRUE(returned.session->state() == SessionState::kJoining ||
              returned.session->members(room.now()).size() == 1u);
  SessionConfig invited = room.config("invited");
  invited.link = *parse_link(room.last_link(*rest[0]));
  auto more = rest;
  more.push_back(&room.join(std::move(invited)));
  EXPECT_TRUE(room.run_until_true(seconds(3), [&] { return room.agree(more); }));
}

TEST(SessionCommits, RefuseAKickByWhoIsNoModerator) {
  RoomNetwork room(10);
  auto all = fill(room, 3);
  EXPECT_FALSE(room.act(*all[1], [&](Session& session) {
    return session.kick(room.now(), *all[0]->session->own_leaf(), false);
  }));
  EXPECT_TRUE(all[1]->erred(SessionError::kNotModerator));
  room.run(seconds(2));
  EXPECT_TRUE(room.agree(all));
}

TEST(SessionCommits, LetAModeratorDecideUnderKnock) {
  RoomNetwork room(11);
  auto all = fill(room, 3);
  ASSERT_TRUE(room.act(*all[0], [&](Session& session) {
    return session.set_join_policy(room.now(), JoinPolicy::kKnock);
  }));
  room.run(seconds(1));
  Participant& guest = room.join("guest");
  room.run(seconds(2));
  EXPECT_EQ(guest.session->state(), SessionState::kJoining);
  ASSERT_EQ(all[0]->told<JoinRequested>().size(), 1u);
  EXPECT_EQ(all[0]->told<JoinRequested>()[0].name, "guest");
  EXPECT_TRUE(all[1]->told<JoinRequested>().empty());
  ASSERT_TRUE(room.act(
      *all[0], [&](Session& session) { return session.admit(room.now(), guest.endpoint); }));
  all.push_back(&guest);
  EXPECT_TRUE(room.run_until_true(seconds(2), [&] { return room.agree(all); }));
}

TEST(SessionCommits, SwitchMediaEncryptionByVerifiedCommitsAlone) {
  RoomNetwork room(12);
  auto all = fill(room, 3);
  ASSERT_TRUE(room.act(
      *all[0], [&](Session& session) { return session.set_media_encrypted(room.now(), false); }));
  room.run(seconds(1));
  for (Participant* one : all) {
    EXPECT_FALSE(one->last_epoch()->media_encrypted);
    const RoomChanged told = one->told<RoomChanged>().back();
    EXPECT_FALSE(told.media_encrypted);
    EXPECT_EQ(told.by, all[0]->session->own_leaf())
        << "whoever committed it, it is known whose wish it was";
  }
  Participant& late = room.join("late");
  all.push_back(&late);
  ASSERT_TRUE(room.run_until_true(seconds(2), [&] { return room.agree(all); }));
  ASSERT_EQ(late.told<RoomChanged>().size(), 1u);
  EXPECT_FALSE(late.told<RoomChanged>()[0].media_encrypted);
  EXPECT_FALSE(late.told<RoomChanged>()[0].by) << "found so";
  ASSERT_TRUE(
      room.act(*all[0], [&](Session& session) { return session.make_permanent(room.now()); }));
  room.run(seconds(1));
  for (Participant* one : all) EXPECT_TRUE(one->last_epoch()->media_encrypted);
  EXPECT_FALSE(room.act(
      *all[0], [&](Session& session) { return session.set_media_encrypted(room.now(), false); }));
  room.run(seconds(1));
  for (Participant* one : all) EXPECT_TRUE(one->last_epoch()->media_encrypted);
}

TEST(SessionCommits, HandAuthorityOnWhenTheLastModeratorLeaves) {
  RoomNetwork room(13);
  auto all = fill(room, 3);
  room.act(*all[0], [&](Session& session) { session.leave(room.now()); });
  const auto rest = without(all, all[0]);
  ASSERT_TRUE(room.run_until_true(milliseconds(2500), [&] { return room.agree(rest); }));
  const auto stands_in = std::count_if(rest.begin(), rest.end(), [&](Participant* one) {
    return room.act(*one, [&](Session& session) {
      return session.set_join_policy(room.now(), JoinPolicy::kKnock).has_value();
    });
  });
  EXPECT_EQ(stands_in, 1) << "the lowest leaf, and nobody else";
  room.run(seconds(1));
  EXPECT_TRUE(room.agree(rest));
}

TEST(SessionCommits, LetAModeratorBackInWhomNobodyIsThereToAdmit) {
  RoomNetwork room(14);
  auto all = fill(room, 3);
  ASSERT_TRUE(room.act(*all[0], [&](Session& session) {
    return session.set_join_policy(room.now(), JoinPolicy::kKnock);
  }));
  room.run(seconds(1));
  room.disconnect(*all[0]);
  auto rest = without(all, all[0]);
  ASSERT_TRUE(room.run_until_true(seconds(60), [&] {
    return rest[0]->session->members(room.now()).size() == 2;
  })) << "removed as unreachable";
  for (Participant* one : rest) {
    EXPECT_FALSE(room.act(*one, [&](Session& session) {
      return session.set_join_policy(room.now(), JoinPolicy::kOpen);
    })) << "nobody takes the place of a moderator who was removed by others";
  }
  Participant& back = room.reload(*all[0]);
  rest.push_back(&back);
  EXPECT_TRUE(room.run_until_true(seconds(5), [&] { return room.agree(rest); }));
}

}  // namespace
}  // namespace sotto::room
