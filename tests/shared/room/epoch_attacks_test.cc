// Attacks with the keys of epochs that are over, in a running call (security profile, sections 7
// and 8).
#include "shared/room/live_attack.h"

namespace sotto::room {
namespace {

using namespace test;

// A call of three who have all heard each other speak, and what Cem keeps of it when he is kicked.
struct Kicked {
  explicit Kicked(const Policy& policy) : room(1) {
    room.policy = policy;
    all = fill(room, 3);
    for (Participant* one : all) (void)speak(room, *one);
    room.run(seconds(3));
    cems = leaf_of(cem());
    kept = cem().last_epoch()->secrets;
    EXPECT_TRUE(room.act(ann(), [&](Session& s) { return s.kick(room.now(), cems, false); }));
    EXPECT_TRUE(room.run_until_true(seconds(2), [&] {
      return room.agree({&ann(), &ben()}) && !ben().told<MemberGone>().empty();
    }));
  }

  // With the keys that he has kept, as whoever he likes.
  Wire forged_as(mls::LeafIndex leaf, std::uint64_t ctr = 5) const {
    const GroupKid kid{kMicrophone, leaf, static_cast<std::uint8_t>(kept.epoch)};
    auto sealer = FrameSealer::create(kid.kid(leaf_bits_of(kept.leaf_width)), kept.base_key,
                                      kSottoSuite, ctr);
    const Wire plain(30, 9);
    Wire wire(sealer->max_sealed_size(Codec::kOpus, plain.size()));
    wire.resize(*sealer->seal(Codec::kOpus, true, plain, wire));
    return wire;
  }
  bool ben_hears(const Wire& frame) { return hear(room, ben(), frame).has_value(); }

  Participant& ann() { return *all[0]; }
  Participant& ben() { return *all[1]; }
  Participant& cem() { return *all[2]; }

  RoomNetwork room;
  std::vector<Participant*> all;
  EpochSecrets kept;
  mls::LeafIndex cems;
};

// Presence has forgotten Cem as well, so both rules stand in the way of his own name: the second
// one is left out with the first, and so is the look at who sits there.
Policy without_ends() {
  return PolicyForTest::without(Rule::kEpochsEnd, Rule::kConfirmed, Rule::kAttribution);
}

TEST(EpochAttacks, TheKickedSaysNothingMoreAsHimself) {
  Kicked without(without_ends());
  EXPECT_TRUE(without.ben_hears(without.forged_as(without.cems)));
  Kicked real({});
  const std::string before = state_of(real.ben(), real.room.now());
  EXPECT_FALSE(real.ben_hears(real.forged_as(real.cems))) << "at once";
  EXPECT_EQ(state_of(real.ben(), real.room.now()), before);
}

// Keys are shared, so as long as the old epoch lives he can speak as Ann: two seconds.
TEST(EpochAttacks, TheKickedSaysNothingMoreAsAnother) {
  Kicked without(PolicyForTest::without(Rule::kEpochsEnd));
  without.room.run(seconds(9));
  EXPECT_TRUE(without.ben_hears(without.forged_as(leaf_of(without.ann()))));
  Kicked real({});
  real.room.run(seconds(2));
  EXPECT_FALSE(real.ben_hears(real.forged_as(leaf_of(real.ann()))));
  EXPECT_TRUE(real.ben_hears(*speak(real.room, real.ann()))) << "whom he hears as before";
}

// Ann has moved on; a second later nothing under her older keys is hers.
TEST(EpochAttacks, ANewerFrameEndsASendersOlderOnes) {
  for (const bool rule : {false, true}) {
    SCOPED_TRACE(rule);
    RoomNetwork room(2);
    if (!rule) room.policy = PolicyForTest::without(Rule::kEpochsEnd);
    auto all = fill(room, 2);
    Participant &ann = *all[0], &ben = *all[1];
    (void)speak(room, ann);
    room.run(seconds(3));
    const auto old = speak(room, ann);
    commit_as(room, ben, {});
    room.run(seconds(1));
    ASSERT_TRUE(room.agree(all));
    ASSERT_TRUE(hear(room, ben, *speak(room, ann)));
    room.run(milliseconds(1100));
    EXPECT_EQ(hear(room, ben, *old).has_value(), !rule) << "well within ten seconds";
  }
}

// Without any newer frame an epoch's keys stay for ten seconds after the next has begun.
TEST(EpochAttacks, AnEpochsKeysAreGoneTenSecondsLater) {
  for (const bool rule : {false, true}) {
    SCOPED_TRACE(rule);
    RoomNetwork room(3);
    if (!rule) room.policy = PolicyForTest::without(Rule::kEpochsEnd);
    auto all = fill(room, 2);
    Participant &ann = *all[0], &ben = *all[1];
    (void)speak(room, ann);
    room.run(seconds(3));
    const auto early = speak(room, ann), late = speak(room, ann);
    commit_as(room, ben, {});
    room.run(seconds(9));
    ASSERT_TRUE(room.agree(all));
    EXPECT_TRUE(hear(room, ben, *early)) << "no glitch";
    room.run(seconds(2));
    EXPECT_EQ(hear(room, ben, *late).has_value(), !rule);
  }
}

// Cem's leaf is Dan's by now. What Cem said, and the bridge has kept back, is not said by Dan.
bool said_by_who_sits_there_now(const Policy& policy) {
  RoomNetwork room(4);
  room.policy = policy;
  auto all = fill(room, 3);
  Participant &ann = *all[0], &ben = *all[1], &cem = *all[2];
  std::vector<Delivery> kept;
  room.tamper = [&](Delivery& delivery) {
    const bool cems = delivery.sender == cem.endpoint && delivery.receiver == ben.endpoint &&
                      delivery.kind == MessageKind::kApplication;
    if (cems) kept.push_back(delivery);
    return !cems;
  };
  EXPECT_TRUE(room.act(cem, [&](Session& s) { return s.say(room.now(), "I am Cem"); }));
  room.run(milliseconds(200));
  const mls::LeafIndex cems = leaf_of(cem);
  room.act(cem, [&](Session& s) { s.leave(room.now()); });
  EXPECT_TRUE(room.run_until_true(seconds(2), [&] { return room.agree({&ann, &ben}); }));
  Participant& dan = room.join("Dan");
  EXPECT_TRUE(room.run_until_true(seconds(1), [&] { return room.agree({&ann, &ben, &dan}); }));
  EXPECT_EQ(leaf_of(dan), cems) << "the leaf has changed hands";
  const std::string before = state_of(ben, room.now(), false);
  for (const Delivery& delivery : kept) room.inject(delivery);
  room.run(milliseconds(1));
  for (const ChatReceived& chat : ben.told<ChatReceived>()) {
    if (chat.entry.text == "I am Cem" && chat.name == "Dan") return true;
  }
  EXPECT_EQ(state_of(ben, room.now(), false), before);
  return false;
}

TEST(EpochAttacks, WhatWasSaidBeforeIsNotSaidByWhoHasTheLeafNow) {
  EXPECT_TRUE(said_by_who_sits_there_now(PolicyForTest::without(Rule::kAttribution)));
  EXPECT_FALSE(said_by_who_sits_there_now({}));
}

// The same with media, where a removed leaf's keys did not go by themselves.
TEST(EpochAttacks, MediaIsNotShownAsOfWhoHasTheLeafNow) {
  for (const bool rule : {false, true}) {
    SCOPED_TRACE(rule);
    Kicked call(
        rule ? PolicyForTest::without(Rule::kEpochsEnd, Rule::kCtrWindow)
             : PolicyForTest::without(Rule::kEpochsEnd, Rule::kCtrWindow, Rule::kAttribution));
    SessionConfig dans = call.room.config("Dan");
    dans.link = *parse_link(RoomNetwork::last_link(call.ann()));
    Participant& dan = call.room.join(std::move(dans));
    ASSERT_TRUE(call.room.run_until_true(seconds(3), [&] {
      return call.room.agree({&call.ann(), &call.ben(), &dan});
    }));
    ASSERT_EQ(leaf_of(dan), call.cems);
    (void)speak(call.room, dan);
    call.room.run(seconds(1));
    const auto heard = hear(call.room, call.ben(), call.forged_as(call.cems));
    ASSERT_EQ(heard.has_value(), !rule);
    if (heard) {
      EXPECT_EQ(heard->source.leaf, leaf_of(dan)) << "on Dan's tile";
    }
    EXPECT_TRUE(hear(call.room, call.ben(), *speak(call.room, dan)));
  }
}

// The bridge shows a frame a second time: in another slot, and in the epoch after. What has been
// opened is known to the worker. With a memory of its own, as if each slot had one, it would play.
TEST(EpochAttacks, NoFrameIsShownTwice) {
  RoomNetwork room(5);
  auto all = fill(room, 2);
  Participant &ann = *all[0], &ben = *all[1];
  (void)speak(room, ann);
  room.run(seconds(3));
  const auto frame = speak(room, ann);
  ASSERT_TRUE(hear(room, ben, *frame));
  GroupFrames another_slot;
  for (const FrameOperation& operation : ben.frame_operations) {
    another_slot.apply(*decode_frame_operation(encode(operation)), room.now());
  }
  EXPECT_TRUE(hear(another_slot, *frame, room.now()));
  const std::string before = state_of(ben, room.now());
  EXPECT_EQ(hear(room, ben, *frame).error(), Error::kReplayed);
  EXPECT_EQ(state_of(ben, room.now()), before);
  commit_as(room, ben, {});
  room.run(seconds(1));
  EXPECT_EQ(hear(room, ben, *frame).error(), Error::kReplayed);
}

// Off, by decree: of the bridge through a member who is no moderator, or of a moderator where it is
// encrypted for good. What Ann says then could be read on its way.
class Decree {
 public:
  Decree(const Policy& policy, bool permanent) {
    room_.policy = policy;
    all_ = fill(room_, 3);
    if (permanent) {
      EXPECT_TRUE(room_.act(*all_[0], [&](Session& s) { return s.make_permanent(room_.now()); }));
      room_.run(seconds(1));
    }
    Participant& eve = permanent ? *all_[0] : *all_[2];
    RoomContext off = SessionAccess::core(*eve.session).in->context;
    off.media_encrypted = off.e2ee_permanent = false;
    const auto decree = committed_by(
        eve, {{mls::GroupContextExtensions{{mls::make_extension(off)}}}}, room_.random());
    room_.tamper = nothing_said;
    const std::string before = state_of(ben(), room_.now(), false);
    room_.send(eve, {MessageKind::kHandshake, {}, decree});
    room_.run(milliseconds(100));
    EXPECT_EQ(state_of(ben(), room_.now(), false) == before, encrypted());
    EXPECT_EQ(ben().erred(SessionError::kCommitRefused), encrypted());
  }
  bool encrypted() { return ben().frames->media_encrypted(); }

 private:
  Participant& ben() { return *all_[1]; }

  RoomNetwork room_{6};
  std::vector<Participant*> all_;
};

TEST(EpochAttacks, OnlyAVerifiedCommitSwitchesOff) {
  EXPECT_FALSE(Decree(PolicyForTest::without(Rule::kModerators), false).encrypted());
  EXPECT_TRUE(Decree({}, false).encrypted());
}

TEST(EpochAttacks, NobodySwitchesOffWhatIsEncryptedForGood) {
  EXPECT_FALSE(Decree(PolicyForTest::without(Rule::kPermanent), true).encrypted());
  EXPECT_TRUE(Decree({}, true).encrypted());
}

// What a moderator may, reaches the frames with its epoch.
TEST(EpochAttacks, AModeratorsCommitSwitchesOff) {
  RoomNetwork room(7);
  auto all = fill(room, 2);
  ASSERT_TRUE(
      room.act(*all[0], [&](Session& s) { return s.set_media_encrypted(room.now(), false); }));
  room.run(seconds(1));
  EXPECT_FALSE(all[1]->frames->media_encrypted());
}

}  // namespace
}  // namespace sotto::room
