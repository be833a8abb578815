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
  commit_as(room, ann, {});
  room.run(seconds(1));
  return read_by(ann, "No.").size();
}

TEST(ChatAttacks, NothingIsShownTwice) {
  EXPECT_EQ(times_shown(PolicyForTest::without(Rule::kChatOnce)), 2u);
  EXPECT_EQ(times_shown({}), 1u);
}

// The bridge keeps Ben's message from Ann, and nobody says anything after it: what Ben says of
// himself all the time tells how far he has come. Of a delay, nobody is told.
TEST(ChatAttacks, WhatIsHeldBackIsToldThoughNothingFollows) {
  for (const bool attacked : {false, true}) {
    SCOPED_TRACE(attacked);
    RoomNetwork room(3);
    auto all = fill(room, 3);
    Participant &ann = *all[0], &ben = *all[1], &cem = *all[2];
    std::vector<Delivery> held;
    say(room, ben, "Good morning.");
    room.run(seconds(4));
    const Time said = room.now();
    room.tamper = [&](Delivery& delivery) {
      const bool bens = delivery.kind == MessageKind::kApplication &&
                        delivery.receiver == ann.endpoint && delivery.sender == ben.endpoint;
      // The first that he sends now is what he says.
      if (!bens || !held.empty()) return true;
      held.push_back(delivery);
      return false;
    };
    say(room, ben, "Do not sign it.");
    if (!attacked) room.run(seconds(1)), room.inject(held.at(0));
    room.run(seconds(20) - (room.now() - said));
    EXPECT_TRUE(cem.told<ChatHeldBack>().empty());
    if (!attacked) {
      EXPECT_TRUE(ann.told<ChatHeldBack>().empty());
      continue;
    }
    ASSERT_EQ(ann.told<ChatHeldBack>().size(), 1u);
    EXPECT_EQ(ann.told<ChatHeldBack>()[0].leaf, leaf_of(ben));
    EXPECT_EQ(ann.told<ChatHeldBack>()[0].name, "guest 1");
    EXPECT_EQ(ann.told<ChatHeldBack>()[0].missing, 1u);
    room.inject(held.at(0));
    room.run(seconds(1));
    EXPECT_EQ(read_by(ann, "Do not sign it.").size(), 1u) << "late, and not lost";
    ASSERT_EQ(ann.told<ChatHeldBack>().size(), 2u);
    EXPECT_EQ(ann.told<ChatHeldBack>()[1].missing, 0u);
  }
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

// Everybody has what Cem says, but the bridge does not give it back to him. Eve removes him as
// gone; he comes back and says it again, twice, from another leaf each time.
std::size_t times_shown_after_returns(const Policy& policy) {
  RoomNetwork room(7);
  room.policy = policy;
  auto all = fill(room, 3);
  Participant &ann = *all[0], &cem = *all[1], &eve = *all[2];
  room.tamper = [&](Delivery& delivery) {
    return delivery.kind != MessageKind::kApplication || delivery.receiver != cem.endpoint ||
           delivery.sender != cem.endpoint;
  };
  say(room, cem, "Send them the money.");
  room.run(seconds(1));
  for (int again = 0; again < 2; ++again) {
    commit_as(room, eve, {{mls::Remove{leaf_of(cem)}}});
    room.run(milliseconds(500));
    EXPECT_TRUE(room.run_until_true(seconds(8), [&] { return room.agree(all); }));
    room.run(seconds(3));
  }
  EXPECT_EQ(read_by(eve, "Send them the money.").size(),
            read_by(ann, "Send them the money.").size());
  return read_by(ann, "Send them the money.").size();
}

TEST(ChatAttacks, WhatIsSaidAgainIsShownOnceToWhomHasIt) {
  EXPECT_EQ(times_shown_after_returns(PolicyForTest::without(Rule::kChatOnce)), 3u);
  EXPECT_EQ(times_shown_after_returns({}), 1u);
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

// Cem is kicked, and the bridge keeps that from Ann, who writes on, under keys that he has. How
// long does he read it? (In seconds; 60 is for as long as he likes.)
int read_by_the_kicked_for(const Policy& policy, bool publishes) {
  RoomNetwork room(8);
  room.policy = policy;
  Participant& founder = room.join("founder");
  room.run(seconds(1));
  SessionConfig anns = room.config("Ann");
  anns.publishes = publishes;
  Participant& ann = room.join(std::move(anns));
  room.run(seconds(1));
  Participant& cem = room.join("Cem");
  EXPECT_TRUE(room.run_until_true(seconds(3), [&] { return room.agree({&founder, &ann, &cem}); }));
  room.run(seconds(5));
  // Cem's client keeps what it should throw away.
  mls::GroupOptions options;
  options.credential_policy = &core_of(cem).identity_policy;
  auto kept = mls::Group::restore(group_of(cem).save(), options);
  EXPECT_TRUE(kept);
  int read = 0, second = 0;
  room.tamper_early = [&](Delivery& delivery) {
    if (delivery.sender != ann.endpoint || delivery.kind != MessageKind::kApplication) return true;
    const auto opened = kept->handle(delivery.bytes);
    const auto* message = opened ? std::get_if<mls::ApplicationMessage>(&*opened) : nullptr;
    const auto chat = message ? decode_chat_message(message->content)
                              : Result<ChatMessage>(fail(Error::kNotFound));
    if (chat && chat->text.substr(0, 6) == "Is Cem") read = second;
    return true;
  };
  room.tamper = [&](Delivery& delivery) { return delivery.receiver != ann.endpoint; };
  EXPECT_TRUE(
      room.act(founder, [&](Session& s) { return s.kick(room.now(), leaf_of(cem), false); }));
  for (second = 1; second <= 60; ++second) {
    room.run(seconds(1));
    (void)room.act(ann, [&](Session& s) { return s.say(room.now(), "Is Cem still here?"); });
  }
  EXPECT_EQ(ann.told<HeardByOthers>().empty(), !policy.has(Rule::kEcho)) << "the page says so";
  if (policy.has(Rule::kEcho)) {
    // When the bridge lets her, she says to the others what has waited.
    room.tamper = nullptr;
    room.tamper_early = nullptr;
    room.disconnect(ann);
    room.reconnect(ann);
    EXPECT_TRUE(room.run_until_true(seconds(10), [&] { return room.agree({&founder, &ann}); }));
    room.run(seconds(3));
    EXPECT_GE(read_by(founder, "Is Cem still here?").size(), 60u);
  }
  return read;
}

TEST(ChatAttacks, NobodyWritesOnToTheRemovedForLong) {
  const Policy without = PolicyForTest::without(Rule::kEcho);
  for (const bool publishes : {true, false}) {
    SCOPED_TRACE(publishes);
    EXPECT_GE(read_by_the_kicked_for(without, publishes), 59);
    EXPECT_LE(read_by_the_kicked_for({}, publishes), publishes ? 15 + 2 : 30 + 2);
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

// The bridge has everything of two calls, and would like to know whether the same person was in
// both: a fresh leaf key at each join, and nothing that lasts travels in the clear.
std::set<std::string> pieces_of(const std::vector<Wire>& messages) {
  constexpr std::size_t kLong = 16;  // all calls have epoch, type and two lengths: 11 in a row
  std::set<std::string> pieces;
  for (const Wire& message : messages) {
    for (std::size_t at = 0; at + kLong <= message.size(); ++at) {
      pieces.emplace(message.begin() + static_cast<std::ptrdiff_t>(at),
                     message.begin() + static_cast<std::ptrdiff_t>(at + kLong));
    }
  }
  return pieces;
}

TEST(ChatAttacks, TheBridgeCannotTellWhoWasInTwoCalls) {
  const auto seen_of = [](std::uint64_t seed, std::shared_ptr<const Ed25519KeyPair>& identity) {
    RoomNetwork room(seed);
    std::vector<Wire> seen;
    room.tamper_early = [&](Delivery& delivery) {
      seen.push_back(delivery.bytes);
      return true;
    };
    Participant& ann = room.join("Annabella");
    room.run(seconds(1));
    SessionConfig bens = room.config("Benedetto");
    if (identity) bens.identity = identity;
    Participant& ben = room.join(std::move(bens));
    identity = ben.identity;
    EXPECT_TRUE(room.run_until_true(seconds(5), [&] { return room.agree({&ann, &ben}); }));
    say(room, ben, "It is me.");
    room.run(seconds(3));
    // What would tell: his credential, and it is in every KeyPackage of his.
    const auto& identities = core_of(ann).in->roster.find(leaf_of(ben))->identity;
    return std::pair(pieces_of(seen), pieces_of({encode(identities)}));
  };
  const auto in_common = [](const std::set<std::string>& one, const std::set<std::string>& other) {
    return static_cast<std::size_t>(std::count_if(
        one.begin(), one.end(), [&](const std::string& piece) { return other.count(piece) != 0; }));
  };
  std::shared_ptr<const Ed25519KeyPair> identity;
  const auto [first, first_identity] = seen_of(6, identity);
  const auto [second, second_identity] = seen_of(7, identity);
  EXPECT_GT(in_common(first_identity, second_identity), 16u);
  EXPECT_EQ(in_common(first, second), 0u);
}

}  // namespace
}  // namespace sotto::room
