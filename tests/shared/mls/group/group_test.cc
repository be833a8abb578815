#include "mls/group/group.h"

#include "shared/mls/group/some_group.h"

namespace sotto::mls {
namespace {

Bytes say(Group& group, std::string_view text, RandomSource& random, ProtectOptions options = {}) {
  auto message = group.protect(as_bytes(text), options, random);
  EXPECT_TRUE(message.has_value());
  return message ? *std::move(message) : Bytes();
}

void expect_heard(Group& group, ByteView message, std::string_view text, std::uint32_t sender) {
  auto handled = group.handle(message);
  ASSERT_TRUE(handled.has_value()) << name(handled.error());
  auto& heard = std::get<ApplicationMessage>(*handled);
  EXPECT_EQ(as_text(heard.content), text);
  EXPECT_EQ(heard.sender, LeafIndex{sender});
}

TEST(AGroup, AgreesAfterEverybodysCommits) {
  SomeGroup group(5);
  for (std::size_t i = 0; i < group.size(); ++i) {
    group.commit(i);
    group.expect_agreement();
  }
  EXPECT_EQ(group[0].epoch(), 6u);
}

TEST(AGroup, WorksInBothSuitesInTheClearAndWithTheTreeElsewhere) {
  for (CipherSuite suite : {CipherSuite::kX25519Aes128GcmSha256Ed25519, kSuite}) {
    test::SeededRandom random(5);
    CreateOptions create;
    create.cipher_suite = suite;
    create.group_id = to_bytes(as_bytes("g"));
    create.leaf_node = leaf_of("a");
    create.lifetime = {1000, 2000};
    create.group.private_handshake = false;
    auto a = Group::create(std::move(create), SignatureKeyPair::generate(random), random);
    ASSERT_TRUE(a.has_value());
    KeyPackageOptions of_suite;
    of_suite.cipher_suite = suite;
    OwnKeyPackage b_package = key_package_of("b", random, std::move(of_suite));
    CommitOptions add;
    add.proposals = {add_of(b_package)};
    add.group_info.ratchet_tree = false;
    auto messages = a->commit(std::move(add), random);
    ASSERT_TRUE(messages.has_value());
    ASSERT_TRUE(a->merge_pending_commit().has_value());
    JoinOptions join;
    EXPECT_EQ(Group::join(messages->welcomes[0].message, b_package, join).error(),
              Error::kNotFound);
    Bytes tree = a->ratchet_tree();
    join.ratchet_tree = tree;
    auto b = Group::join(messages->welcomes[0].message, b_package, join);
    ASSERT_TRUE(b.has_value()) << name(b.error());
    EXPECT_TRUE(equal(a->epoch_authenticator().view(), b->epoch_authenticator().view()));
    expect_heard(*b, say(*a, "hello", random), "hello", 0);
  }
}

TEST(AGroup, CommitsWhatWasProposedByReference) {
  SomeGroup group(4);
  OwnKeyPackage newcomer = key_package_of("newcomer", group.random());
  auto update = group[2].propose_update({}, {}, group.random());
  group.deliver_proposal(2, *update);
  group.propose(1, remove_of(3));
  group.propose(2, add_of(newcomer));
  // Application data waits for them (section 12.4).
  EXPECT_EQ(group[1].protect({}, {}, group.random()).error(), Error::kWrongState);
  CommitMessages messages = group.commit(0);
  EXPECT_FALSE(group[3].active());
  group.join(newcomer, messages.welcomes.at(0).message);
  EXPECT_EQ(group[4].own_leaf(), LeafIndex{3});
  for (std::size_t i : {1, 2, 4}) {
    EXPECT_TRUE(
        equal(group[i].epoch_authenticator().view(), group[0].epoch_authenticator().view()));
    EXPECT_TRUE(group[i].stored_proposals().empty());
  }
}

TEST(AGroup, LeavesOutWhatDoesNotGoTogether) {
  SomeGroup group(4);
  auto update = group[2].propose_update({}, {}, group.random());
  group.deliver_proposal(2, *update);
  group.propose(1, remove_of(2));
  ReInit reinit{to_bytes(as_bytes("next")), ProtocolVersion::kMls10, kSuite, {}};
  group.propose(1, {reinit});
  group.propose(1, remove_of(0));  // which member 0 cannot commit
  auto messages = group[0].commit({}, group.random());
  ASSERT_TRUE(messages.has_value());
  const CommitEffects& effects = group[0].pending_commit()->effects();
  ASSERT_EQ(effects.removed.size(), 1u);
  EXPECT_EQ(effects.removed[0].leaf, LeafIndex{2});
  EXPECT_FALSE(effects.reinit.has_value());
  take(group[1], messages->commit);
}

TEST(AGroup, ChangesLeavesKeysAndCredentialsByUpdateAndByPath) {
  SomeGroup group(3);
  LeafNodeChanges changes;
  changes.credential = basic_credential(as_bytes("new name"));
  changes.signature_key = SignatureKeyPair::generate(group.random());
  auto update = group[2].propose_update(std::move(changes), {}, group.random());
  ASSERT_TRUE(update.has_value());
  group.deliver_proposal(2, *update);
  group.commit(0);
  CommitOptions options;
  options.leaf_node.signature_key = SignatureKeyPair::generate(group.random());
  group.commit(1, std::move(options));
  group.commit(2);
  group.commit(1);
  group.expect_agreement();
  EXPECT_EQ(as_text(group[0].leaf_node({2})->credential.identity), "new name");
}

TEST(AGroup, AddsManyByOneCommitWithAWelcomeEach) {
  SomeGroup group(2);
  std::vector<OwnKeyPackage> newcomers;
  CommitOptions options;
  options.welcome_each = true;
  for (int i = 0; i < 5; ++i) {
    newcomers.push_back(key_package_of("newcomer " + std::to_string(i), group.random()));
    options.proposals.push_back(add_of(newcomers.back()));
  }
  CommitMessages messages = group.commit(1, std::move(options));
  ASSERT_EQ(messages.welcomes.size(), 5u);
  for (std::size_t i = 0; i < 5; ++i) {
    ASSERT_EQ(messages.welcomes[i].references.size(), 1u);
    EXPECT_EQ(messages.welcomes[i].references[0], newcomers[i].reference());
    group.join(newcomers[i], messages.welcomes[i].message);
  }
  group.expect_agreement();
  group.commit(6);  // with the keys of the path that its Welcome gave it
  group.expect_agreement();
}

TEST(AGroup, CommitsWithoutAPathWhereItMay) {
  SomeGroup group(2);
  OwnKeyPackage newcomer = key_package_of("newcomer", group.random());
  CommitOptions options;
  options.path = false;
  options.proposals = {add_of(newcomer)};
  CommitMessages messages = group.commit(1, std::move(options));
  group.join(newcomer, messages.welcomes.at(0).message);
  group.expect_agreement();
  CommitOptions none;
  none.path = false;
  group.commit(0, std::move(none));  // but an empty one has a path anyway
  group.expect_agreement();
}

TEST(AGroup, LetsTheDeliveryServiceChooseBetweenCommits) {
  SomeGroup group(3);
  auto mine = group[0].commit({}, group.random());
  auto theirs = group[1].commit({}, group.random());
  ASSERT_TRUE(mine && theirs);
  EXPECT_EQ(group[0].epoch(), 1u);
  for (std::size_t i = 0; i < 3; ++i) take(group[i], theirs->commit);
  EXPECT_EQ(group[0].pending_commit(), nullptr);
  group.expect_agreement();
  expect_refused(group[2], mine->commit, Error::kExpired);
  EXPECT_EQ(group[0].merge_pending_commit().error(), Error::kNotFound);
}

TEST(AGroup, KnowsItsOwnHandshakeMessages) {
  SomeGroup group(2);
  auto discarded = group[0].commit({}, group.random());
  group[0].discard_pending_commit();
  expect_refused(group[0], discarded->commit, Error::kAlreadyExists);
  Bytes proposal = group.propose(0, psk_of("a"));
  expect_refused(group[0], proposal, Error::kAlreadyExists);
}

TEST(ApplicationMessages, ComeInAnyOrderButOnce) {
  SomeGroup group(3);
  ProtectOptions options;
  options.authenticated_data = to_bytes(as_bytes("aad"));
  options.padding = 256;
  Bytes first = say(group[1], "first", group.random());
  Bytes second = say(group[1], "second", group.random(), options);
  EXPECT_GT(second.size(), first.size() + 100);
  expect_heard(group[0], second, "second", 1);
  expect_heard(group[0], first, "first", 1);
  expect_refused(group[0], first, Error::kUnauthenticated);
  expect_refused(group[0], second, Error::kUnauthenticated);
  auto handled = group[2].handle(second);
  EXPECT_EQ(as_text(std::get<ApplicationMessage>(*handled).authenticated_data), "aad");
}

TEST(ApplicationMessages, OfPastEpochsAreOpenedUntilTheyAreForgotten) {
  GroupOptions options;
  options.past_epochs = 2;
  SomeGroup group(2, options);
  std::vector<Bytes> said;
  for (int i = 0; i < 4; ++i) {
    said.push_back(say(group[1], "a", group.random()));
    said.push_back(say(group[1], "b", group.random()));
    group.commit(0);
  }
  EXPECT_EQ(group[0].past_epochs(), (std::vector<std::uint64_t>{3, 4}));
  expect_refused(group[0], said[0], Error::kExpired);
  expect_heard(group[0], said[4], "a", 1);
  expect_refused(group[0], said[4], Error::kUnauthenticated);
  EXPECT_TRUE(group[0].forget_epoch(3));
  EXPECT_FALSE(group[0].forget_epoch(3));
  expect_refused(group[0], said[5], Error::kExpired);
  expect_heard(group[0], said[6], "a", 1);
}

TEST(ApplicationMessages, AreRefusedWhenAnyBitIsFlipped) {
  SomeGroup group(2);
  Bytes message = say(group[1], "hello", group.random());
  HashValue before = digest_of(group[0]);
  for (std::size_t bit = 0; bit < message.size() * 8; ++bit) {
    Bytes forged = message;
    forged[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    EXPECT_FALSE(group[0].handle(forged).has_value()) << bit;
  }
  EXPECT_EQ(digest_of(group[0]), before);
  expect_heard(group[0], message, "hello", 1);
}

TEST(ARemovedMember, ReadsNothingThatComesAfter) {
  SomeGroup group(3);
  Bytes late = say(group[1], "late", group.random());
  CommitOptions options;
  options.proposals = {remove_of(2)};
  group.commit(0, std::move(options));
  EXPECT_FALSE(group[2].active());
  EXPECT_EQ(group[2].epoch(), 1u);
  Bytes secret = say(group[1], "secret", group.random());
  expect_refused(group[2], secret, Error::kWrongState);
  expect_heard(group[2], late, "late", 1);
  Bytes out(32);
  EXPECT_EQ(group[2].exporter("x", {}, out).error(), Error::kWrongState);
  EXPECT_EQ(group[2].commit({}, group.random()).error(), Error::kWrongState);
  EXPECT_EQ(group[2].protect({}, {}, group.random()).error(), Error::kWrongState);
}

TEST(Exporters, AreTheSameForMembersAndOtherwiseForAllElse) {
  SomeGroup group(2);
  Bytes one(48), other(48);
  ASSERT_TRUE(group[0].exporter("label", as_bytes("context"), one));
  ASSERT_TRUE(group[1].exporter("label", as_bytes("context"), other));
  EXPECT_EQ(one, other);
  ASSERT_TRUE(group[1].exporter("label", as_bytes("another"), other));
  EXPECT_NE(one, other);
  group.commit(0);
  ASSERT_TRUE(group[1].exporter("label", as_bytes("context"), other));
  EXPECT_NE(one, other);
  Bytes too_long(255 * 32 + 1);
  EXPECT_EQ(group[0].exporter("label", {}, too_long).error(), Error::kInvalidArgument);
}

TEST(ResumptionPsks, OfKeptEpochsCanBeInjected) {
  SomeGroup group(3);
  for (int i = 0; i < 3; ++i) group.commit(0);
  PreSharedKey psk;
  psk.psk.psktype = PskType::kResumption;
  psk.psk.psk_group_id = group[0].group_id();
  psk.psk.psk_epoch = 3;
  CommitOptions options;
  options.proposals = {{psk}};
  group.commit(1, std::move(options));
  group.expect_agreement();
  psk.psk.psk_epoch = 1;
  CommitOptions gone;
  gone.proposals = {{psk}};
  EXPECT_EQ(group[1].commit(std::move(gone), group.random()).error(), Error::kUnknownKey);
}

}  // namespace
}  // namespace sotto::mls
