// Attacks on who is there, in a running call: a delivery service that withholds and replays, and
// media that is not what is sent now (security profile, section 5).
#include "shared/room/live_attack.h"

namespace sotto::room {
namespace {

using namespace test;

// From now on `to` hears nothing that `from` says in the group.
RoomNetwork::Tamper withhold(Participant& from, Participant& to) {
  return [&from, &to](Delivery& delivery) {
    return delivery.kind != MessageKind::kApplication || delivery.sender != from.endpoint ||
           delivery.receiver != to.endpoint;
  };
}

// Cem speaks while Ben comes in, and closes his page. The bridge plays to Ben what it kept.
bool a_roster_with_who_has_left(const Policy& policy) {
  RoomNetwork room(1);
  room.policy = policy;
  auto all = fill(room, 3);
  Participant& cem = *all[2];
  (void)speak(room, cem);
  Participant& ben = room.join("late");
  room.tamper = withhold(cem, ben);
  all.push_back(&ben);
  EXPECT_TRUE(room.run_until_true(seconds(3), [&] { return room.agree(all); }));
  const auto frame = speak(room, cem);
  EXPECT_TRUE(frame);
  const mls::LeafIndex cems = leaf_of(cem);
  room.crash(cem);
  room.run(seconds(10));
  const auto view = seen_by(room, ben, cems);
  EXPECT_EQ(view->reachability, Reachability::kUnconfirmed) << "the page marks it, at any rate";
  EXPECT_EQ(view->marks, PresenceMarks{});
  const std::string before = state_of(ben, room.now());
  const auto heard = hear(room, ben, *frame);
  EXPECT_EQ(state_of(ben, room.now()), before);
  return heard.has_value();
}

TEST(PresenceAttacks, NobodyIsHeardWhoWasNeverThere) {
  EXPECT_TRUE(a_roster_with_who_has_left(PolicyForTest::without(Rule::kConfirmed)));
  EXPECT_FALSE(a_roster_with_who_has_left({}));
}

// Cem has gone; nobody but the bridge knows. It has kept his last words, and plays them in time.
bool last_words_of_the_silent(const Policy& policy) {
  RoomNetwork room(2);
  room.policy = policy;
  auto all = fill(room, 3);
  Participant &ben = *all[1], &cem = *all[2];
  (void)speak(room, cem);
  room.run(seconds(3));
  const auto frame = speak(room, cem);
  const mls::LeafIndex cems = leaf_of(cem);
  // No commit gets through either, or Cem would be removed by now.
  room.tamper_early = [&](Delivery& delivery) { return delivery.kind != MessageKind::kHandshake; };
  room.crash(cem);
  room.run(seconds(31));
  EXPECT_EQ(seen_by(room, ben, cems)->reachability, Reachability::kUnreachable);
  return hear(room, ben, *frame).has_value();
}

TEST(PresenceAttacks, WhoIsSilentIsNotHeardEither) {
  EXPECT_TRUE(last_words_of_the_silent(PolicyForTest::without(Rule::kConfirmed)));
  EXPECT_FALSE(last_words_of_the_silent({}));
}

// Cem is kicked, and the bridge keeps it from Ann with all that follows: she talks on, under keys
// that Cem has. How long does he hear her? (In seconds; 60 is for as long as he likes.)
int heard_by_the_kicked_for(const Policy& policy) {
  RoomNetwork room(3);
  room.policy = policy;
  auto all = fill(room, 4);
  Participant &ann = *all[1], &cem = *all[3];
  (void)speak(room, ann);
  room.run(seconds(3));
  // Cem's client keeps what it should throw away.
  GroupFrames kept(PolicyForTest::without(Rule::kCtrWindow, Rule::kConfirmed));
  kept.apply(*cem.last_epoch(), room.now());
  const mls::LeafIndex cems = leaf_of(cem);
  room.tamper = [&](Delivery& delivery) { return delivery.receiver != ann.endpoint; };
  EXPECT_TRUE(room.act(*all[0], [&](Session& s) { return s.kick(room.now(), cems, false); }));
  int heard = 0;
  for (int second = 1; second <= 60; ++second) {
    room.run(seconds(1));
    const auto frame = speak(room, ann);
    if (frame && hear(kept, *frame, room.now())) heard = second;
  }
  EXPECT_EQ(ann.told<HeardByOthers>().empty(), !policy.has(Rule::kEcho)) << "the page says so";
  return heard;
}

TEST(PresenceAttacks, NobodyTalksOnToTheRemovedForLong) {
  EXPECT_EQ(heard_by_the_kicked_for(PolicyForTest::without(Rule::kEcho)), 60);
  EXPECT_LE(heard_by_the_kicked_for({}), 15 + 2);
}

// The bridge keeps back what Ben says, for longer than any network would.
bool old_media_as_live(const Policy& policy) {
  RoomNetwork room(4);
  room.policy = policy;
  auto all = fill(room, 2);
  Participant &ann = *all[0], &ben = *all[1];
  (void)speak(room, ben);
  room.run(seconds(3));
  const auto frame = speak(room, ben);
  for (int i = 0; i < 20; ++i) {
    (void)speak(room, ben);
    room.run(seconds(1));
  }
  const auto now = speak(room, ben);
  const std::string before = state_of(ann, room.now());
  const bool shown = hear(room, ann, *frame).has_value();
  EXPECT_EQ(state_of(ann, room.now()), before);
  EXPECT_TRUE(hear(room, ann, *now)) << "what is said now is heard";
  return shown;
}

TEST(PresenceAttacks, OldMediaIsNotShownAsLive) {
  EXPECT_TRUE(old_media_as_live(PolicyForTest::without(Rule::kCtrWindow)));
  EXPECT_FALSE(old_media_as_live({}));
}

// Eve knows Ben's frame key, as all members do. By a frame of his that is numbered far ahead she
// shuts Ann's replay window, and he is silenced.
bool silenced_by_a_frame_far_ahead(const Policy& policy) {
  RoomNetwork room(5);
  room.policy = policy;
  auto all = fill(room, 3);
  Participant &ann = *all[0], &ben = *all[1], &eve = *all[2];
  (void)speak(room, ben);
  room.run(seconds(3));
  const EpochSecrets secrets = eve.last_epoch()->secrets;
  const GroupKid kid{kMicrophone, leaf_of(ben), static_cast<std::uint8_t>(secrets.epoch)};
  auto forged = FrameSealer::create(kid.kid(leaf_bits_of(secrets.leaf_width)), secrets.base_key,
                                    kSottoSuite, std::uint64_t{1} << 40);
  EXPECT_TRUE(forged);
  const Wire plain(30, 9);
  Wire far(forged->max_sealed_size(Codec::kOpus, plain.size()));
  far.resize(*forged->seal(Codec::kOpus, true, plain, far));
  EXPECT_EQ(hear(room, ann, far).has_value(), !policy.has(Rule::kCtrWindow));
  return !hear(room, ann, *speak(room, ben));
}

TEST(PresenceAttacks, NobodyIsSilencedByAFrameFarAhead) {
  EXPECT_TRUE(silenced_by_a_frame_far_ahead(PolicyForTest::without(Rule::kCtrWindow)));
  EXPECT_FALSE(silenced_by_a_frame_far_ahead({}));
}

// Held back by less than that, it is shown, and marked.
TEST(PresenceAttacks, MediaThatLagsIsMarked) {
  RoomNetwork room(6);
  auto all = fill(room, 2);
  Participant &ann = *all[0], &ben = *all[1];
  (void)speak(room, ben);
  room.run(seconds(3));
  const auto first = speak(room, ben), held_back = speak(room, ben);
  const auto live = hear(room, ann, *first);
  ASSERT_TRUE(live);
  EXPECT_FALSE(live->lags);
  for (int i = 0; i < 5; ++i) {
    (void)speak(room, ben);
    room.run(seconds(1));
  }
  const auto late = hear(room, ann, *held_back);
  ASSERT_TRUE(late);
  EXPECT_TRUE(late->lags);
  EXPECT_EQ(late->source.leaf, leaf_of(ben));
}

// Ben alone is left behind by the bridge; Ann sees it.
TEST(PresenceAttacks, WhoIsLeftBehindIsShown) {
  RoomNetwork room(7);
  auto all = fill(room, 3);
  Participant &ann = *all[0], &ben = *all[1], &cem = *all[2];
  room.run(seconds(5));
  EXPECT_TRUE(seen_by(room, ann, leaf_of(ben))->caught_up);
  room.tamper = withhold(ann, ben);
  room.run(seconds(25));
  EXPECT_FALSE(seen_by(room, ann, leaf_of(ben))->caught_up);
  EXPECT_TRUE(seen_by(room, ann, leaf_of(cem))->caught_up);
  EXPECT_TRUE(ann.told<HeardByOthers>().empty()) << "she may go on";
}

// The bridge keeps Ann and Cem, who was kicked, among themselves: he goes on as if nothing were,
// and echoes her, so that she is heard. By him alone: all the others have fallen silent, and she is
// told of each.
TEST(PresenceAttacks, WhoIsKeptAmongTheKickedSeesThatTheOthersAreSilent) {
  RoomNetwork room(9);
  auto all = fill(room, 4);
  Participant &ann = *all[1], &ben = *all[2], &cem = *all[3];
  (void)speak(room, ann);
  room.run(seconds(3));
  const mls::LeafIndex bens = leaf_of(ben), cems = leaf_of(cem);
  const auto among = [&](const Endpoint& one) {
    return one == ann.endpoint || one == cem.endpoint;
  };
  room.tamper = [&](Delivery& delivery) {
    return among(delivery.sender) == among(delivery.receiver);
  };
  EXPECT_TRUE(room.act(*all[0], [&](Session& s) { return s.kick(room.now(), cems, false); }));
  room.run(seconds(20));
  ASSERT_FALSE(seen_by(room, ben, cems)) << "Cem is out";
  ASSERT_TRUE(seen_by(room, ann, bens));
  EXPECT_FALSE(seen_by(room, ann, bens)->caught_up) << "after 15 s";
  EXPECT_TRUE(seen_by(room, ann, cems)->caught_up);
  room.run(seconds(9));
  std::set<IdentityKey> silent;
  const auto look = [&] {
    for (const MemberChanged& change : ann.told<MemberChanged>()) {
      if (change.member.reachability == Reachability::kUnreachable) {
        silent.insert(change.member.identity_key);
      }
    }
    return silent.size() == 2;
  };
  EXPECT_TRUE(room.run_until_true(seconds(5), look)) << "after 30 s";
  EXPECT_EQ(silent.count(cem.identity->public_key()), 0u);
}

// Marks are the member's own word: the bridge has an older one of it, and hands it out again.
TEST(PresenceAttacks, AnOldMarkIsNotTakenForANewOne) {
  RoomNetwork room(8);
  auto all = fill(room, 2);
  Participant &ann = *all[0], &ben = *all[1];
  std::vector<Delivery> unmuted;
  room.tamper = [&](Delivery& delivery) {
    const bool bens = delivery.sender == ben.endpoint && delivery.receiver == ann.endpoint;
    if (bens && delivery.kind == MessageKind::kApplication) unmuted.push_back(delivery);
    return !bens;  // withheld, so that MLS has not seen it
  };
  room.run(seconds(5));
  room.tamper = nullptr;
  PresenceMarks muted;
  muted.publishes = muted.microphone_muted = true;
  room.act(ben, [&](Session& s) { s.set_marks(room.now(), muted); });
  room.run(seconds(1));
  EXPECT_EQ(seen_by(room, ann, leaf_of(ben))->marks, muted);
  ASSERT_FALSE(unmuted.empty());
  for (const Delivery& delivery : unmuted) room.inject(delivery);
  room.run(milliseconds(50));
  EXPECT_EQ(seen_by(room, ann, leaf_of(ben))->marks, muted);
}

}  // namespace
}  // namespace sotto::room
