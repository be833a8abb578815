// A native endpoint that goes on after a restart (security profile, section 7). Whatever it was
// saved with may have been used since: by the run that saved it, or by another copy.
#include <gtest/gtest.h>

#include <set>

#include "room/group_frames.h"
#include "shared/room/session_access.h"
#include "support/filled_room.h"
#include "support/policy_for_test.h"

namespace sotto::room {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using test::fill;
using test::Participant;
using test::RoomNetwork;

// What encrypts a frame: everything else follows from these.
struct KeyAndCounter {
  mls::Bytes base_key;
  std::uint64_t kid = 0;
  std::uint64_t ctr = 0;

  friend bool operator<(const KeyAndCounter& a, const KeyAndCounter& b) {
    return std::tie(a.base_key, a.kid, a.ctr) < std::tie(b.base_key, b.kid, b.ctr);
  }
};

// The frames that somebody seals, by what it has been told so far.
std::set<KeyAndCounter> seal_frames(Participant& one, Time now, int count) {
  std::set<KeyAndCounter> used;
  GroupFrames frames;
  for (const FrameOperation& operation : one.frame_operations) {
    frames.apply(*decode_frame_operation(encode(operation)), now);
  }
  for (int i = 0; i < count && frames.may_seal(); ++i) {
    const std::vector<std::uint8_t> plain(50, 1);
    std::vector<std::uint8_t> wire(*frames.max_sealed_size(0, Codec::kOpus, plain.size()));
    wire.resize(*frames.seal(0, Codec::kOpus, false, plain, wire));
    std::vector<std::uint8_t> work(wire.size());
    const auto header = find_sealed_frame(Codec::kOpus, wire, work)->header;
    used.insert({one.last_epoch()->secrets.base_key, header.kid, header.ctr});
  }
  return used;
}

bool any_in_both(const std::set<KeyAndCounter>& some, const std::set<KeyAndCounter>& others) {
  return std::any_of(some.begin(), some.end(),
                     [&](const KeyAndCounter& one) { return others.count(one) != 0; });
}

class SessionRestoring : public ::testing::Test {
 protected:
  SessionRestoring() : all_(fill(room_, 3)), ann_(*all_[0]), ben_(*all_[1]), cem_(*all_[2]) {}

  mls::Bytes save(Participant& one) { return *one.session->save(); }
  bool in(Participant& one) { return one.session->state() == SessionState::kIn; }

  // Ben ends a second from now. What was saved of him cannot go on: he is told, and comes in anew.
  void crash_and_join_anew(const mls::Bytes& saved) {
    room_.run(seconds(1));
    room_.crash(ben_);
    Participant& back = room_.restore(ben_, saved);
    ASSERT_TRUE(room_.run_until_true(seconds(20), [&] {
      return room_.agree({&ann_, &back, &cem_});
    }));
    EXPECT_TRUE(back.erred(SessionError::kLockedOut));
  }

  RoomNetwork room_{51};
  std::vector<Participant*> all_;
  Participant &ann_, &ben_, &cem_;
};

TEST_F(SessionRestoring, GoesOnInTheSameLeafAfterAnUpdateOfItsOwn) {
  const mls::Bytes saved = save(ben_);
  const auto leaf = ben_.session->own_leaf();
  const auto epoch = *ben_.session->epoch();
  room_.crash(ben_);
  Participant& back = room_.restore(ben_, saved);
  EXPECT_EQ(back.session->state(), SessionState::kRestoring);
  ASSERT_TRUE(room_.run_until_true(seconds(2), [&] { return room_.agree({&ann_, &back, &cem_}); }));
  EXPECT_EQ(back.session->own_leaf(), leaf);
  EXPECT_EQ(back.session->epoch(), epoch + 1);
  EXPECT_EQ(back.session->members(room_.now()).size(), 3u);
  EXPECT_TRUE(ann_.told<MemberGone>().empty()) << "nobody saw it go";
}

TEST_F(SessionRestoring, IsHeardAndHearsChatAndPresenceAgain) {
  EXPECT_TRUE(
      room_.act(ben_, [&](Session& session) { return session.say(room_.now(), "before"); }));
  room_.run(seconds(1));
  const mls::Bytes saved = save(ben_);
  room_.run(seconds(20));  // it goes on saying that it is here, after it was saved
  room_.crash(ben_);
  room_.run(seconds(3));
  Participant& back = room_.restore(ben_, saved);
  room_.run(seconds(3));
  for (const MemberView& member : ann_.session->members(room_.now())) {
    EXPECT_EQ(member.reachability, Reachability::kPresent) << member.name;
  }
  for (const MemberView& member : back.session->members(room_.now())) {
    EXPECT_EQ(member.reachability, Reachability::kPresent) << member.name;
  }
  EXPECT_TRUE(room_.act(back, [&](Session& s) { return s.say(room_.now(), "after"); }));
  EXPECT_TRUE(room_.act(ann_, [&](Session& s) { return s.say(room_.now(), "hello"); }));
  room_.run(seconds(1));
  EXPECT_EQ(ann_.told<ChatReceived>().back().entry.text, "after");
  ASSERT_EQ(back.told<ChatReceived>().size(), 1u);
  EXPECT_EQ(back.told<ChatReceived>()[0].entry.text, "hello");
}

TEST_F(SessionRestoring, KeepsItsLinkAndItsPins) {
  EXPECT_TRUE(room_.act(ann_, [&](Session& s) {
    return s.confirm_fingerprint(room_.now(), *ben_.session->own_leaf(),
                                 ben_.identity->public_key());
  }));
  const std::string link = room_.last_link(ann_);
  const mls::Bytes saved = save(ann_);
  room_.crash(ann_);
  Participant& back = room_.restore(ann_, saved);
  EXPECT_EQ(room_.last_link(back), link);
  ASSERT_TRUE(room_.run_until_true(seconds(2), [&] { return in(back); }));
  room_.run(seconds(3));
  for (const MemberView& member : back.session->members(room_.now())) {
    if (member.name == ben_.name) EXPECT_EQ(member.standing, Standing::kVerified);
  }
}

// The attack of section 7: the frames of the run that was saved, and those of the one that was
// restored, under one key with one counter. Two such frames give away what is in both.
TEST_F(SessionRestoring, WouldSealUnderKeysAndCountersThatWereUsedWithoutTheRule) {
  const mls::Bytes saved = save(ben_);
  const auto before = seal_frames(ben_, room_.now(), 20);
  room_.crash(ben_);
  Participant& back = room_.restore(ben_, saved, PolicyForTest::without(Rule::kRestoreUpdates));
  EXPECT_TRUE(any_in_both(before, seal_frames(back, room_.now(), 20)));
}

TEST_F(SessionRestoring, NeverSealsUnderAKeyAndACounterThatWereUsed) {
  const mls::Bytes saved = save(ben_);
  const auto before = seal_frames(ben_, room_.now(), 20);
  ASSERT_EQ(before.size(), 20u);
  room_.crash(ben_);
  Participant& back = room_.restore(ben_, saved);
  EXPECT_TRUE(seal_frames(back, room_.now(), 20).empty()) << "nothing before its Update";
  room_.run(seconds(3));
  const auto after = seal_frames(back, room_.now(), 20);
  EXPECT_EQ(after.size(), 20u);
  EXPECT_FALSE(any_in_both(before, after));
}

// Its own Update is held back, and somebody else's commit comes: an epoch that both copies of a
// member can follow into is not one to send in.
// A member that has kept one of Ben's KeyPackages puts it in his leaf when he is back: he knows it
// for his own, though another run of him has made it.
TEST_F(SessionRestoring, IsNotSentAwayByAKeyPackageOfTheRunBefore) {
  RoomNetwork room(52);
  std::optional<test::Delivery> bens;
  Participant& ann = room.join("Ann");
  room.run(seconds(1));
  room.tamper_early = [&](test::Delivery& delivery) {
    if (delivery.kind == MessageKind::kKeyPackage && !delivery.bytes.empty()) bens = delivery;
    return true;
  };
  Participant& ben = room.join("Ben");
  ASSERT_TRUE(room.run_until_true(seconds(3), [&] { return room.agree({&ann, &ben}); }));
  room.tamper_early = nullptr;
  room.run(seconds(5));
  ASSERT_TRUE(bens);
  const mls::Bytes saved = *ben.session->save();
  room.crash(ben);
  Participant& back = room.restore(ben, saved);
  ASSERT_TRUE(room.run_until_true(seconds(5), [&] { return room.agree({&ann, &back}); }));
  commit_as(room, ann, {{mls::Remove{leaf_of(back)}}, {mls::Add{test::opened(ann, *bens)}}});
  room.run(seconds(1));
  EXPECT_TRUE(back.told<Ended>().empty());
  EXPECT_TRUE(room.run_until_true(seconds(20), [&] { return room.agree({&ann, &back}); }));
}

TEST_F(SessionRestoring, DoesNotTakeSomebodyElsesCommitForItsOwn) {
  const mls::Bytes saved = save(ben_);
  room_.crash(ben_);
  const std::size_t messages = room_.log().size();
  std::set<Endpoint> copies;
  room_.tamper_early = [&](test::Delivery& delivery) { return copies.count(delivery.sender) == 0; };
  Participant& one = room_.restore(ben_, saved);
  Participant& other = room_.restore(ben_, saved);
  copies = {one.endpoint, other.endpoint};
  room_.run(milliseconds(500));
  const auto epoch = *ann_.session->epoch();
  commit_as(room_, ann_, {});
  room_.run(seconds(2));
  EXPECT_EQ(room_.log().size(), messages + 1);
  for (Participant* copy : {&one, &other}) {
    EXPECT_EQ(copy->session->epoch(), epoch + 1) << "it follows the group";
    EXPECT_EQ(copy->session->state(), SessionState::kRestoring);
    EXPECT_TRUE(seal_frames(*copy, room_.now(), 5).empty());
  }
}

TEST_F(SessionRestoring, TwiceAtOnceLeavesOneInTheLeafAndNoKeyToBoth) {
  const mls::Bytes saved = save(ben_);
  room_.crash(ben_);
  Participant& one = room_.restore(ben_, saved);
  Participant& other = room_.restore(ben_, saved);
  std::set<KeyAndCounter> by_one, by_other;
  for (int i = 0; i < 20; ++i) {
    room_.run(milliseconds(200));
    by_one.merge(seal_frames(one, room_.now(), 20));
    by_other.merge(seal_frames(other, room_.now(), 20));
    EXPECT_FALSE(any_in_both(by_one, by_other)) << i;
  }
  EXPECT_EQ(in(one) + in(other), 1) << "the second has lost the leaf";
  room_.run(seconds(15));
  // An identity is in one place: who joins anew takes it over.
  EXPECT_EQ(in(one) + in(other), 1);
  Participant& stays = in(one) ? one : other;
  EXPECT_TRUE(room_.agree({&ann_, &stays, &cem_}));
}

TEST_F(SessionRestoring, OpensNothingThatWasSentBeforeItsUpdate) {
  const mls::Bytes saved = save(ben_);
  std::vector<test::Delivery> heard;
  room_.tamper = [&](test::Delivery& delivery) {
    if (delivery.kind == MessageKind::kApplication && delivery.receiver == ben_.endpoint) {
      heard.push_back(delivery);
    }
    return true;
  };
  EXPECT_TRUE(room_.act(ann_, [&](Session& s) { return s.say(room_.now(), "once"); }));
  room_.run(seconds(1));
  ASSERT_EQ(ben_.told<ChatReceived>().size(), 1u);
  room_.crash(ben_);
  room_.tamper = nullptr;
  Participant& back = room_.restore(ben_, saved);
  const auto repeat = [&] {
    for (test::Delivery again : heard) {
      again.receiver = back.endpoint;
      room_.inject(again);
    }
    room_.run(milliseconds(100));
  };
  repeat();
  ASSERT_TRUE(room_.run_until_true(seconds(2), [&] { return in(back); }));
  repeat();
  EXPECT_TRUE(back.told<ChatReceived>().empty());
  for (const FrameOperation& operation : back.frame_operations) {
    if (const auto* begun = std::get_if<EpochBegun>(&operation)) {
      EXPECT_EQ(begun->secrets.epoch, *back.session->epoch()) << "no key of an older epoch";
    }
  }
}

TEST_F(SessionRestoring, CatchesUpWithCommitsThatWereMadeMeanwhile) {
  const mls::Bytes saved = save(ben_);
  room_.crash(ben_);
  Participant& dan = room_.join("Dan");
  ASSERT_TRUE(room_.run_until_true(seconds(3), [&] { return in(dan); }));
  room_.run(seconds(2));
  Participant& back = room_.restore(ben_, saved);
  ASSERT_TRUE(room_.run_until_true(seconds(4), [&] {
    return room_.agree({&ann_, &back, &cem_, &dan});
  }));
  EXPECT_FALSE(back.erred(SessionError::kLockedOut));
}

// It had just committed when it was ended: the log has a commit of its leaf whose secrets are gone.
TEST_F(SessionRestoring, JoinsAnewWhenItsFormerSelfHasGoneOn) {
  const mls::Bytes saved = save(ben_);
  commit_as(room_, ben_, {});
  crash_and_join_anew(saved);
}

TEST_F(SessionRestoring, JoinsAnewWhenACommitWasOnItsWayAsItWasSaved) {
  commit_as(room_, ben_, {});
  const mls::Bytes saved = save(ben_);
  crash_and_join_anew(saved);
}

TEST_F(SessionRestoring, JoinsAnewAfterItWasTakenForGone) {
  const mls::Bytes saved = save(ben_);
  room_.crash(ben_);
  room_.tell_left(ben_);
  ASSERT_TRUE(room_.run_until_true(minutes(1), [&] { return room_.agree({&ann_, &cem_}); }));
  Participant& back = room_.restore(ben_, saved);
  ASSERT_TRUE(room_.run_until_true(seconds(20), [&] {
    return room_.agree({&ann_, &back, &cem_});
  }));
}

TEST_F(SessionRestoring, IsOverWhenItWasKickedMeanwhile) {
  const mls::Bytes saved = save(ben_);
  room_.crash(ben_);
  EXPECT_TRUE(room_.act(
      ann_, [&](Session& s) { return s.kick(room_.now(), *ben_.session->own_leaf(), false); }));
  room_.run(seconds(2));
  Participant& back = room_.restore(ben_, saved);
  room_.run(seconds(2));
  EXPECT_EQ(back.session->state(), SessionState::kOver);
  ASSERT_EQ(back.told<Ended>().size(), 1u);
  EXPECT_EQ(back.told<Ended>()[0].reason, EndReason::kKicked);
}

TEST_F(SessionRestoring, JoinsAnewWhenNothingComesBack) {
  const mls::Bytes saved = save(ben_);
  room_.crash(ben_);
  std::optional<Endpoint> gagged;
  room_.tamper_early = [&](test::Delivery& delivery) {
    return !(delivery.kind == MessageKind::kHandshake && delivery.sender == gagged);
  };
  Participant& back = room_.restore(ben_, saved);
  gagged = back.endpoint;
  room_.run(seconds(9));
  EXPECT_EQ(back.session->state(), SessionState::kRestoring);
  ASSERT_TRUE(room_.run_until_true(seconds(20), [&] {
    return room_.agree({&ann_, &back, &cem_});
  }));
}

TEST_F(SessionRestoring, SendsNothingWhenItLeavesBeforeItsUpdate) {
  const mls::Bytes saved = save(ben_);
  room_.crash(ben_);
  Participant& back = room_.restore(ben_, saved);
  const std::size_t handshakes = room_.handshakes();
  room_.act(back, [&](Session& session) { session.leave(room_.now()); });
  EXPECT_EQ(back.session->state(), SessionState::kOver);
  room_.run(seconds(1));
  EXPECT_EQ(room_.handshakes(), handshakes);
}

TEST_F(SessionRestoring, AloneGoesOnAsWell) {
  RoomNetwork room(52);
  Participant& eve = room.join("Eve");
  room.run(seconds(2));
  const mls::Bytes saved = *eve.session->save();
  room.crash(eve);
  Participant& back = room.restore(eve, saved);
  ASSERT_TRUE(
      room.run_until_true(seconds(2), [&] { return back.session->state() == SessionState::kIn; }));
  Participant& fay = room.join("Fay");
  EXPECT_TRUE(room.run_until_true(seconds(12), [&] { return room.agree({&back, &fay}); }));
}

}  // namespace
}  // namespace sotto::room
