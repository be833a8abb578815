// Attacks on what is said, on a running call: by a delivery service that leaves out, turns around
// and repeats, and one that reads along (security profile, sections 4, 11 and 12).
#include "shared/room/live_attack.h"

namespace sotto::room {
namespace {

using namespace test;

std::vector<ChatEntry> read_by(const Participant& one, std::string_view text) {
  std::vector<ChatEntry> entries;
  for (const ChatReceived& chat : one.told<ChatReceived>()) {
    if (chat.entry.text == text) entries.push_back(chat.entry);
  }
  return entries;
}
void say(RoomNetwork& room, Participant& one, const std::string& text) {
  EXPECT_TRUE(room.act(one, [&](Session& s) { return s.say(room.now(), text); }));
}

// Ben is not handed his own message back, so he says it again in the next epoch; Ann has both.
std::size_t times_shown(const Policy& policy) {
  RoomNetwork room(1);
  room.policy = policy;
  auto all = fill(room, 2);
  Participant &ann = *all[0], &ben = *all[1];
  room.tamper = [&](Delivery& delivery) {
    return delivery.kind != MessageKind::kApplication || delivery.receiver != ben.endpoint ||
           delivery.sender != ben.endpoint;
  };
  say(room, ben, "No.");
  room.run(seconds(1));
  EXPECT_TRUE(room.act(ann, [&](Session& s) { return s.update(room.now()); }));
  room.run(seconds(1));
  return read_by(ann, "No.").size();
}

TEST(ChatAttacks, NothingIsShownTwice) {
  EXPECT_EQ(times_shown(PolicyForTest::without(Rule::kChatOnce)), 2u);
  EXPECT_EQ(times_shown({}), 1u);
}

// The bridge keeps Ben's first message from Ann, and from her alone. Without the attack nothing is
// marked; with it, what follows says that something is missing, whoever sends it.
TEST(ChatAttacks, WhatIsLeftOutIsMissed) {
  for (const bool attacked : {false, true}) {
    SCOPED_TRACE(attacked);
    RoomNetwork room(2);
    auto all = fill(room, 3);
    Participant &ann = *all[0], &ben = *all[1], &cem = *all[2];
    if (attacked) {
      room.tamper = [&](Delivery& delivery) {
        return delivery.kind != MessageKind::kApplication || delivery.receiver != ann.endpoint ||
               delivery.sender != ben.endpoint;
      };
    }
    say(room, ben, "Do not sign it.");
    room.run(milliseconds(200));
    room.tamper = nullptr;
    say(room, cem, "I agree.");
    room.run(milliseconds(200));
    say(room, ben, "See you.");
    room.run(milliseconds(200));
    EXPECT_EQ(read_by(ann, "Do not sign it.").size(), attacked ? 0u : 1u);
    EXPECT_EQ(read_by(ann, "I agree.").at(0).refers_to_unseen, attacked);
    EXPECT_EQ(read_by(ann, "See you.").at(0).missing, attacked ? 1u : 0u);
    EXPECT_EQ(read_by(cem, "See you.").at(0).missing, 0u);
  }
}

// Turned around by the bridge: what comes too soon says so, and what comes late is still shown.
TEST(ChatAttacks, WhatIsTurnedAroundIsSeenToBe) {
  RoomNetwork room(3);
  auto all = fill(room, 2);
  Participant &ann = *all[0], &ben = *all[1];
  std::vector<Delivery> kept;
  room.tamper = [&](Delivery& delivery) {
    const bool bens = delivery.kind == MessageKind::kApplication &&
                      delivery.receiver == ann.endpoint && delivery.sender == ben.endpoint;
    if (bens && kept.empty()) {
      kept.push_back(delivery);
      return false;
    }
    return true;
  };
  say(room, ben, "Yes.");
  say(room, ben, "I mean no.");
  room.run(milliseconds(100));
  room.inject(kept.at(0));
  room.run(milliseconds(10));
  EXPECT_EQ(read_by(ann, "I mean no.").at(0).missing, 1u);
  const auto late = read_by(ann, "Yes.");
  ASSERT_EQ(late.size(), 1u);
  EXPECT_EQ(late[0].seq, 1u);
}

// Cem is locked out by Eve while what he says is on its way: it is lost with the epoch (or not, and
// he has seen it come back).
TEST(ChatAttacks, WhatWasLostInALockOutIsSaidAgainOnce) {
  for (const bool lost : {false, true}) {
    SCOPED_TRACE(lost);
    RoomNetwork room(4);
    auto all = fill(room, 4);
    Participant &ann = *all[0], &cem = sitting_at(all, 2), &eve = sitting_at(all, 3);
    room.tamper_early = [&](Delivery& delivery) {
      return !lost || delivery.kind != MessageKind::kApplication || delivery.sender != cem.endpoint;
    };
    room.send(eve, {MessageKind::kHandshake,
                    {},
                    commit_that_locks_out_the_neighbour(group_of(eve), room.random())});
    room.crash(eve);
    const auto number =
        room.act(cem, [&](Session& s) { return s.say(room.now(), "Can you hear me?"); });
    ASSERT_TRUE(number);
    ASSERT_TRUE(room.run_until_true(
        seconds(1), [&] { return cem.session->state() == SessionState::kRejoining; }));
    room.run(milliseconds(100));
    room.tamper_early = nullptr;
    ASSERT_TRUE(
        room.run_until_true(seconds(8), [&] { return cem.session->state() == SessionState::kIn; }));
    room.run(seconds(3));
    EXPECT_EQ(read_by(ann, "Can you hear me?").size(), 1u);
    const auto delivered = cem.told<ChatDelivered>();
    ASSERT_EQ(delivered.size(), 1u);
    EXPECT_EQ(delivered[0].seq, *number);
  }
}

bool shows(ByteView bytes, std::string_view text) {
  return std::search(bytes.begin(), bytes.end(), text.begin(), text.end()) != bytes.end();
}

// Everything that the bridge is given in a call, read for what it must not have.
TEST(ChatAttacks, TheBridgeReadsNothing) {
  RoomNetwork room(5);
  std::vector<Wire> seen;
  room.tamper_early = [&](Delivery& delivery) {
    seen.push_back(delivery.bytes);
    return true;
  };
  Participant& ann = room.join("Annabella");
  room.run(seconds(1));
  Participant& ben = room.join("Benedetto");
  room.run(seconds(5));
  say(room, ann, "a secret message");
  EXPECT_TRUE(room.act(ben, [&](Session& s) { return s.react(room.now(), "hurray"); }));
  const std::string sdp = "v=0 a=fingerprint:sha-256 AB:CD";
  EXPECT_TRUE(
      room.act(ann, [&](Session& s) { return s.send_direct_call(room.now(), as_bytes(sdp)); }));
  EXPECT_TRUE(room.act(ann, [&](Session& s) { return s.kick(room.now(), leaf_of(ben), true); }));
  room.run(seconds(3));
  ASSERT_EQ(ben.told<DirectCallReceived>().size(), 1u);
  ASSERT_EQ(ann.told<LinkChanged>().size(), 2u);
  const auto before = room.link(), after = *parse_link(RoomNetwork::last_link(ann));
  std::vector<std::string> secrets = {"Annabella", "Benedetto", "a secret message", "hurray", sdp};
  for (const RoomLink* link : {&before, &after}) {
    const ByteView secret = link->secret.view();
    secrets.emplace_back(secret.begin(), secret.end());
  }
  for (const auto& identity : {ann.identity, ben.identity}) {
    const IdentityKey key = identity->public_key();
    secrets.emplace_back(key.begin(), key.end());
  }
  EXPECT_GT(seen.size(), 10u);
  for (const Wire& message : seen) {
    for (const std::string& secret : secrets) EXPECT_FALSE(shows(message, secret)) << secret;
  }
  // What would be seen of what is not sealed.
  const auto& identity = SessionAccess::core(*ann.session).in->roster.find({0})->identity;
  EXPECT_TRUE(shows(encode(identity), "Annabella"));
  EXPECT_TRUE(shows(*encode(ChatMessage{1, {}, "a secret message"}), "a secret message"));
}

}  // namespace
}  // namespace sotto::room
