// Attacks on who is verified, in running calls (security profile, section 10).
#include "room/code_message.h"
#include "shared/room/live_attack.h"

namespace sotto::room {
namespace {

using namespace test;

// Eve sits in a room with one victim, under the other one's name. Her session keeps her there; what
// the victim says comes to her hands alone.
class Sitting {
 public:
  Sitting(std::uint64_t seed, const Policy& policy, const std::string& victim,
          const std::string& eve)
      : room_(seed) {
    room_.policy = policy;
    victim_ = &room_.join(victim);
    room_.run(seconds(1));
    eve_ = &room_.join(eve);
    EXPECT_TRUE(room_.run_until_true(seconds(3), [&] { return room_.agree({victim_, eve_}); }));
    room_.run(seconds(5));
    room_.tamper = [this](Delivery& delivery) {
      if (delivery.kind != MessageKind::kApplication || delivery.receiver != eve_->endpoint ||
          delivery.sender == eve_->endpoint) {
        return true;
      }
      take(delivery.bytes);
      return false;
    };
    EXPECT_TRUE(room_.act(*victim_, [&](Session& s) { return s.start_code(room_.now()); }));
    room_.run(milliseconds(100));
  }

  // What the victim has shown by now.
  const std::optional<CodeNonce>& shown() const { return shown_; }
  std::optional<ShortCode> code() { return SessionAccess::core(*victim_->session).in->code.code(); }

  void commit(const CodeNonce& nonce) {
    say(CodeCommitment{1, code_commitment(authenticator(), leaf_of(*eve_), nonce)});
  }
  void reveal(const CodeNonce& nonce) { say(CodeReveal{1, nonce}); }
  // What the victim will see if Eve has this nonce.
  ShortCode code_with(const CodeNonce& nonce) {
    return short_code(authenticator(), {{leaf_of(*victim_), *shown_}, {leaf_of(*eve_), nonce}});
  }

 private:
  const Secret<32>& authenticator() { return group_of(*eve_).epoch_authenticator(); }
  void say(const CodeMessage& message) {
    room_.send(*eve_,
               {MessageKind::kApplication, {}, said_by(*eve_, encode(message), room_.random())});
    room_.run(milliseconds(100));
  }
  void take(const Wire& bytes) {
    auto handled = group_of(*eve_).handle(bytes);
    const auto* message = handled ? std::get_if<mls::ApplicationMessage>(&*handled) : nullptr;
    if (message == nullptr) return;
    const auto code = decode_code_message(message->content);
    if (!code) return;
    if (const auto* reveal = std::get_if<CodeReveal>(&*code)) shown_ = reveal->nonce;
  }

  RoomNetwork room_;
  Participant* victim_ = nullptr;
  Participant* eve_ = nullptr;
  std::optional<CodeNonce> shown_;
};

// Two symbols, so that the test is short: for seven it takes a machine a billion times as patient.
bool begin_alike(const ShortCode& one, const ShortCode& other) {
  return std::equal(one.begin(), one.begin() + 2, other.begin());
}

// Ann and Ben compare codes, and each compares the one of a room with Eve.
bool ground(const Policy& policy) {
  Sitting anns(1, policy, "Ann", "Ben"), bens(2, policy, "Ben", "Ann");
  CodeNonce nonce{};
  anns.commit(nonce);
  anns.reveal(nonce);
  EXPECT_TRUE(anns.code());
  for (std::uint32_t i = 0; bens.shown() && i < 100'000; ++i) {
    for (std::size_t byte = 0; byte < 4; ++byte) {
      nonce[byte] = static_cast<std::uint8_t>(i >> (8 * byte));
    }
    if (begin_alike(bens.code_with(nonce), *anns.code())) break;
  }
  bens.commit(nonce);
  bens.reveal(nonce);
  EXPECT_TRUE(bens.code());
  return begin_alike(*bens.code(), *anns.code());
}

TEST(VerificationAttacks, NobodyInTheMiddleGrindsACode) {
  EXPECT_TRUE(ground(PolicyForTest::without(Rule::kCommitThenReveal)));
  EXPECT_FALSE(ground({}));
}

// Eve shows another nonce than the one that she is held to: no code, and her name.
TEST(VerificationAttacks, WhoShowsAnotherNonceSpoilsTheCode) {
  Sitting without(3, PolicyForTest::without(Rule::kCommitThenReveal), "Ann", "Ben");
  Sitting real(3, {}, "Ann", "Ben");
  for (Sitting* sitting : {&without, &real}) {
    CodeNonce nonce{};
    sitting->commit(nonce);
    nonce[0] = 1;
    sitting->reveal(nonce);
  }
  EXPECT_TRUE(without.code());
  EXPECT_FALSE(real.code());
}

// Eve starts a code with a leaf that Ann has never heard: "they match" would verify it.
bool verified_unheard(const Policy& policy) {
  RoomNetwork room(4);
  room.policy = policy;
  auto all = fill(room, 3);
  Participant &ann = *all[0], &eve = *all[2];
  Participant& ghost = room.join("ghost");
  room.tamper = [&](Delivery& delivery) {
    return delivery.kind != MessageKind::kApplication || delivery.receiver != ann.endpoint ||
           delivery.sender != ghost.endpoint;
  };
  all.push_back(&ghost);
  EXPECT_TRUE(room.run_until_true(seconds(3), [&] { return room.agree(all); }));
  room.run(seconds(1));
  const std::string before = state_of(ann, room.now(), false);
  const CodeStart start{1, {leaf_of(ann), leaf_of(eve), leaf_of(ghost)}};
  const Wire said = said_by(eve, encode(CodeMessage(start)), room.random());
  room.act(ann, [&](Session& s) { s.handle_application(room.now(), eve.endpoint, said); });
  const auto named = SessionAccess::core(*ann.session).in->code.participants();
  const bool taken = std::find(named.begin(), named.end(), leaf_of(ghost)) != named.end();
  EXPECT_EQ(state_of(ann, room.now(), false) == before, !taken);
  return taken;
}

TEST(VerificationAttacks, NoCodeVerifiesWhoWasNeverHeard) {
  EXPECT_TRUE(verified_unheard(PolicyForTest::without(Rule::kCodeConfirmed)));
  EXPECT_FALSE(verified_unheard({}));
}

// The code was read out. Before Ann says so to her page, Cem has gone, and Mallory sits in his
// leaf.
TEST(VerificationAttacks, WhoTakesALeafOverIsNotVerifiedByACodeOfBefore) {
  RoomNetwork room(5);
  auto all = fill(room, 3);
  Participant &ann = *all[0], &ben = *all[1], &cem = *all[2];
  ASSERT_TRUE(room.act(ann, [&](Session& s) { return s.start_code(room.now()); }));
  room.run(seconds(1));
  ASSERT_EQ(ann.told<CodeShown>().size(), 1u);
  const mls::LeafIndex cems = leaf_of(cem);
  room.act(cem, [&](Session& s) { s.leave(room.now()); });
  ASSERT_TRUE(room.run_until_true(seconds(3), [&] { return room.agree({&ann, &ben}); }));
  Participant& mallory = room.join("Mallory");
  ASSERT_TRUE(room.run_until_true(seconds(3), [&] { return room.agree({&ann, &ben, &mallory}); }));
  room.run(seconds(3));
  ASSERT_EQ(leaf_of(mallory), cems);
  const ShortCode read = ann.told<CodeShown>()[0].code;
  ASSERT_TRUE(room.act(ann, [&](Session& s) { return s.confirm_code(room.now(), read); }));
  EXPECT_EQ(seen_by(room, ann, leaf_of(ben))->standing, Standing::kVerified);
  EXPECT_EQ(seen_by(room, ann, cems)->standing, Standing::kNew);
}

// Ann's person has read a code; Mallory begins another one just before the yes arrives.
TEST(VerificationAttacks, AYesIsToTheCodeThatWasRead) {
  RoomNetwork room(7);
  auto all = fill(room, 3);
  Participant &ann = *all[0], &mallory = *all[2];
  ASSERT_TRUE(room.act(ann, [&](Session& s) { return s.start_code(room.now()); }));
  room.run(seconds(3));
  ASSERT_TRUE(room.act(mallory, [&](Session& s) { return s.start_code(room.now()); }));
  room.run(seconds(1));
  ASSERT_EQ(ann.told<CodeShown>().size(), 2u);
  const ShortCode read = ann.told<CodeShown>()[0].code;
  const auto yes = room.act(ann, [&](Session& s) { return s.confirm_code(room.now(), read); });
  ASSERT_FALSE(yes);
  EXPECT_EQ(yes.error(), Error::kNotFound);
  for (const Participant* one : {all[1], all[2]}) {
    EXPECT_NE(seen_by(room, ann, leaf_of(*one))->standing, Standing::kVerified);
  }
}

// Ann has verified Eve, who has her identity vouch for another name then, in the middle of the
// call.
std::string verified_name_after_update(const Policy& policy) {
  RoomNetwork room(9);
  room.policy = policy;
  auto all = fill(room, 3);
  Participant &ann = *all[0], &eve = *all[2];
  const mls::LeafIndex leaf = leaf_of(eve);
  EXPECT_TRUE(room.act(ann, [&](Session& s) {
    return s.confirm_fingerprint(room.now(), leaf, eve.identity->public_key());
  }));
  mls::SignatureKeyPair leaf_key = mls::SignatureKeyPair::generate(room.random());
  const auto boss = vouch_for_leaf(*eve.identity, "room", leaf_key.public_key(), "Ann's boss",
                                   2'000'000'000, policy);
  mls::CommitOptions options;
  options.leaf_node.credential = mls::basic_credential(encode(*boss));
  options.leaf_node.signature_key = std::move(leaf_key);
  const auto made = group_of(eve).commit(std::move(options), room.random());
  EXPECT_TRUE(made);
  room.send(eve, {MessageKind::kHandshake, {}, {made->commit.begin(), made->commit.end()}});
  room.run(seconds(1));
  const auto seen = seen_by(room, ann, leaf);
  return seen->standing == Standing::kVerified ? seen->name : std::string();
}

TEST(VerificationAttacks, WhoIsVerifiedStaysWhoIsVerified) {
  EXPECT_EQ(verified_name_after_update(PolicyForTest::without(Rule::kIdentityStays)), "Ann's boss");
  EXPECT_EQ(verified_name_after_update({}), "guest 2");
}

// Another epoch begins while the code is made: it is made anew, of that epoch, and alike for all.
TEST(VerificationAttacks, ANewEpochMakesTheCodeAnew) {
  RoomNetwork room(6);
  auto all = fill(room, 3);
  ASSERT_TRUE(room.act(*all[0], [&](Session& s) { return s.start_code(room.now()); }));
  commit_as(room, *all[1], {});
  room.run(seconds(3));
  ASSERT_TRUE(room.agree(all));
  for (Participant* one : all) {
    ASSERT_FALSE(one->told<CodeShown>().empty());
    EXPECT_EQ(one->told<CodeShown>().back().code, all[0]->told<CodeShown>().back().code);
  }
}

// The bridge holds back what Cem commits to, until an Update of Ben's, whose app asks for one, has
// begun another epoch, in which it counts no more; then the same again, as long as it likes.
struct Comparing {
  bool shown = false;
  bool moved = false;
};
Comparing compare_while_somebody_updates(const Policy& policy) {
  RoomNetwork room(10);
  room.policy = policy;
  auto all = fill(room, 3);
  Participant &ann = *all[0], &ben = *all[1], &cem = *all[2];
  room.run(seconds(40));  // an Update could be made at once
  const auto epoch = ann.session->epoch();
  std::vector<Delivery> held;
  bool first = true;
  room.tamper = [&](Delivery& delivery) {
    if (delivery.kind != MessageKind::kApplication || delivery.sender != cem.endpoint) return true;
    if (first) held.push_back(delivery);
    return delivery.receiver == cem.endpoint;
  };
  EXPECT_TRUE(room.act(ann, [&](Session& s) { return s.start_code(room.now()); }));
  room.run(milliseconds(200));
  first = false;
  EXPECT_TRUE(room.act(ben, [&](Session& s) { return s.update(room.now()); }));
  room.run(seconds(5));
  Comparing comparing;
  comparing.moved = ann.session->epoch() != epoch;
  for (const Delivery& message : held) room.inject(message);
  if (!comparing.moved) room.tamper = nullptr;
  room.run(seconds(1));
  comparing.shown = !ann.told<CodeShown>().empty();
  if (comparing.shown) {
    EXPECT_TRUE(room.run_until_true(seconds(5), [&] { return ann.session->epoch() != epoch; }))
        << "the Update comes after it";
  }
  return comparing;
}

TEST(VerificationAttacks, NobodyEndsACodeByUpdates) {
  const Comparing without =
      compare_while_somebody_updates(PolicyForTest::without(Rule::kCodeHoldsUpdates));
  EXPECT_TRUE(without.moved);
  EXPECT_FALSE(without.shown);
  const Comparing real = compare_while_somebody_updates({});
  EXPECT_FALSE(real.moved);
  EXPECT_TRUE(real.shown);
}

// Eve's client starts codes that Ann's refuses, or that are not for Ann: what Ann was shown, and
// has answered, is not shown again.
TEST(VerificationAttacks, NobodyHasACodeShownAgain) {
  RoomNetwork room(11);
  auto all = fill(room, 3);
  Participant &ann = *all[0], &ben = *all[1], &eve = *all[2];
  ASSERT_TRUE(room.act(ann, [&](Session& s) { return s.start_code(room.now()); }));
  room.run(seconds(3));
  ASSERT_EQ(ann.told<CodeShown>().size(), 1u);
  const std::vector<CodeStart> starts = {
      {1, {leaf_of(ann), leaf_of(eve)}},     // of before
      {9999, {leaf_of(ann), leaf_of(eve)}},  // far ahead
      {2, {leaf_of(ann), leaf_of(ben)}},     // without herself
      {3, {leaf_of(ben), leaf_of(eve)}},     // without Ann
  };
  for (const CodeStart& start : starts) {
    const Wire said = said_by(eve, encode(CodeMessage(start)), room.random());
    room.act(ann, [&](Session& s) { s.handle_application(room.now(), eve.endpoint, said); });
    room.run(seconds(3));
  }
  EXPECT_EQ(ann.told<CodeShown>().size(), 1u);
  ASSERT_TRUE(room.act(ben, [&](Session& s) { return s.start_code(room.now()); }));
  room.run(seconds(3));
  EXPECT_EQ(ann.told<CodeShown>().size(), 2u) << "another code is";
}

// Ann has met Ben. Another day somebody calls himself that, on a key of his own.
struct NextDay {
  bool flagged = false;
  bool forgotten = false;  // Ben's pin has gone over to whoever it was
};
NextDay next_day(const Policy& policy) {
  RoomNetwork first(7);
  first.policy = policy;
  Participant& ann = first.join("Ann");
  first.run(seconds(1));
  Participant& ben = first.join("Ben");
  first.run(seconds(5));
  EXPECT_EQ(seen_by(first, ann, leaf_of(ben))->standing, Standing::kNew);
  const auto pins = ann.session->save_pins();

  RoomNetwork second(8);
  second.policy = policy;
  SessionConfig anns = second.config("Ann");
  anns.identity = ann.identity;
  Participant& again = second.join(std::move(anns));
  EXPECT_TRUE(again.session->restore_pins(pins));
  second.run(seconds(1));
  Participant& mallory = second.join("Ben");
  second.run(seconds(5));
  return {seen_by(second, again, leaf_of(mallory))->standing == Standing::kChanged,
          again.session->save_pins() != pins};
}

TEST(VerificationAttacks, AKnownNameOnAnotherKeyIsFlagged) {
  const NextDay without = next_day(PolicyForTest::without(Rule::kPins));
  EXPECT_FALSE(without.flagged);
  EXPECT_TRUE(without.forgotten);
  const NextDay real = next_day({});
  EXPECT_TRUE(real.flagged);
  EXPECT_FALSE(real.forgotten);
}

}  // namespace
}  // namespace sotto::room
