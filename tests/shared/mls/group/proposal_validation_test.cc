#include "mls/group/proposal_validation.h"

#include <chrono>

#include "mls/group/external_proposal.h"
#include "shared/mls/group/rogue_member.h"

namespace sotto::mls {
namespace {

class Proposals : public testing::Test {
 protected:
  // As somebody else's proposal by reference, and in a commit.
  void expect_invalid(Proposal proposal, Error error = Error::kMalformed,
                      const HandleOptions& options = {}) {
    expect_refused(group_[0], rogue_proposal(group_[1], proposal), error, options);
    Commit commit = commit_with_path(group_[1], group_.random(), [](UpdatePath&) {});
    commit.proposals.push_back({proposal});
    expect_refused(group_[0], rogue_commit(group_[1], std::move(commit)), error, options);
  }
  void expect_valid(Proposal proposal, const HandleOptions& options = {}) {
    EXPECT_TRUE(group_[0].handle(rogue_proposal(group_[1], std::move(proposal)), options));
  }

  // A newcomer's KeyPackage, changed and signed again.
  template <typename Change>
  Proposal add_with(Change change) {
    OwnKeyPackage own = key_package_of("newcomer", group_.random());
    KeyPackage& key_package = own.key_package;
    change(key_package);
    sign_leaf_node(key_package.leaf_node, {}, {}, own.signature_key);
    key_package.signature =
        sign_with_label(own.signature_key, "KeyPackageTBS", key_package_tbs(key_package));
    return add_of(own);
  }

  // Member 1's Update, changed and signed again.
  template <typename Change>
  Proposal update_with(Change change) {
    LeafNode leaf_node = *group_[1].leaf_node({1});
    leaf_node.leaf_node_source = LeafNodeSource::kUpdate;
    leaf_node.encryption_key = to_bytes(HpkeKeyPair::generate(group_.random()).public_key);
    change(leaf_node);
    sign_leaf_node(leaf_node, group_[1].group_id(), {1},
                   *GroupAccess::state(group_[1]).epoch.signature_key);
    return {Update{leaf_node}};
  }

  SomeGroup group_{3};
};

TEST_F(Proposals, ThatAreInOrderAreKept) {
  expect_valid(add_with([](KeyPackage&) {}));
  expect_valid(update_with([](LeafNode&) {}));
  expect_valid(remove_of(2));
  expect_valid(psk_of("a"));
  expect_valid({ReInit{to_bytes(as_bytes("next")), ProtocolVersion::kMls10, kSuite, {}}});
  expect_valid({GroupContextExtensions{}});
  EXPECT_EQ(group_[0].stored_proposals().size(), 6u);
}

TEST_F(Proposals, AreKeptOnce) {
  Bytes message = rogue_proposal(group_[1], remove_of(2));
  EXPECT_TRUE(group_[0].handle(message));
  expect_refused(group_[0], message, Error::kAlreadyExists);
}

TEST_F(Proposals, AreKeptUpToALimit) {
  GroupOptions options;
  options.max_stored_proposals = 1;
  SomeGroup group(3, options);
  EXPECT_TRUE(group[0].handle(rogue_proposal(group[1], psk_of("a"))));
  expect_refused(group[0], rogue_proposal(group[1], psk_of("b")), Error::kExhausted);
}

// Section 10.1.
TEST_F(Proposals, AddNobodyOfAnotherSuite) {
  expect_invalid(add_with([](KeyPackage& key_package) {
                   key_package.cipher_suite = CipherSuite::kX25519Aes128GcmSha256Ed25519;
                 }),
                 Error::kUnsupported);
}

TEST_F(Proposals, AddNobodyWhoseInitKeyIsItsLeafs) {
  expect_invalid(add_with([](KeyPackage& key_package) {
    key_package.init_key = key_package.leaf_node.encryption_key;
  }));
}

TEST_F(Proposals, AddNobodyWhoseInitKeyIsNoKey) {
  expect_invalid(add_with([](KeyPackage& key_package) { key_package.init_key.pop_back(); }));
}

// Sections 5.1.1 and 10: keys of small order, to which no honest member could seal a Welcome or a
// path. One of them in a proposal that is kept, or in the tree, would end everybody's commits.
TEST_F(Proposals, AddNobodyToWhomNothingCanBeSealed) {
  for (std::uint8_t last : {0x00, 0x80}) {
    Bytes small(kNpk);
    small.back() = last;
    expect_invalid(add_with([&](KeyPackage& key_package) { key_package.init_key = small; }));
    expect_invalid(
        add_with([&](KeyPackage& key_package) { key_package.leaf_node.encryption_key = small; }));
  }
  EXPECT_TRUE(group_[0].commit({}, group_.random()).has_value());
}

TEST_F(Proposals, UpdateNobodyToAKeyToWhichNothingCanBeSealed) {
  expect_refused(group_[0], rogue_proposal(group_[1], update_with([&](LeafNode& leaf_node) {
                                             leaf_node.encryption_key.assign(kNpk, 0);
                                           })),
                 Error::kMalformed);
}

// Whatever a KeyPackage lists, reading it takes time in proportion to its size.
TEST_F(Proposals, AddSomebodyWithEndlessListsInNoTime) {
  Proposal proposal = add_with([](KeyPackage& key_package) {
    auto& listed = key_package.leaf_node.capabilities.extensions;
    listed.assign(150'000, kOurExtension);
    key_package.extensions.clear();
    for (std::uint16_t type = 0x1000; type < 0xd000; ++type) {
      listed.push_back(ExtensionType{type});
      key_package.extensions.push_back({ExtensionType{type}, {}});
    }
  });
  Bytes message = rogue_proposal(group_[1], proposal);
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_TRUE(group_[0].handle(message).has_value());
  std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  EXPECT_LT(taken.count(), 3) << message.size();  // not each list against the other
}

TEST_F(Proposals, AddNobodyWithAForgedKeyPackage) {
  Proposal proposal = add_with([](KeyPackage&) {});
  KeyPackage forged = *proposal.as<Add>()->key_package;
  forged.init_key[0] ^= 1;
  expect_invalid({Add{forged}}, Error::kUnauthenticated);
}

TEST_F(Proposals, AddNobodyWithAForgedLeaf) {
  OwnKeyPackage own = key_package_of("newcomer", group_.random());
  own.key_package.leaf_node.credential = basic_credential(as_bytes("somebody else"));
  own.key_package.signature =
      sign_with_label(own.signature_key, "KeyPackageTBS", key_package_tbs(own.key_package));
  expect_invalid(add_of(own), Error::kUnauthenticated);
}

TEST_F(Proposals, AddNobodyWhoseLeafIsOfAnotherSource) {
  expect_invalid(add_with([](KeyPackage& key_package) {
    key_package.leaf_node.leaf_node_source = LeafNodeSource::kUpdate;
  }));
}

TEST_F(Proposals, AddNobodyWithExtensionsThatItDoesNotList) {
  expect_invalid(add_with([](KeyPackage& key_package) {
    key_package.extensions.push_back({ExtensionType{0xf5a9}, {}});
  }));
}

TEST_F(Proposals, AddSomebodyWithUnknownExtensionsThatItLists) {
  expect_valid(add_with([](KeyPackage& key_package) {
    key_package.leaf_node.capabilities.extensions.push_back(ExtensionType{0xf5a9});
    key_package.extensions.push_back({ExtensionType{0xf5a9}, to_bytes(as_bytes("what?"))});
    key_package.leaf_node.extensions.push_back({ExtensionType{0xf5a9}, {}});
  }));
}

TEST_F(Proposals, AddNobodyOutsideItsLifetimeWhereTheTimeIsGiven) {
  HandleOptions early, in_time, late;
  early.now = 999;
  in_time.now = 2000;
  late.now = 2001;
  expect_invalid(add_with([](KeyPackage&) {}), Error::kExpired, early);
  expect_invalid(add_with([](KeyPackage&) {}), Error::kExpired, late);
  expect_valid(add_with([](KeyPackage&) {}), in_time);
}

TEST_F(Proposals, AddNobodyWhoLivesTooLong) {
  HandleOptions options;
  options.now = 1500;
  expect_invalid(add_with([](KeyPackage& key_package) {
                   key_package.leaf_node.lifetime = {0, UINT64_MAX};
                 }),
                 Error::kExpired, options);
}

// Section 7.3.
TEST_F(Proposals, UpdateNobodyToTheSameKey) {
  Bytes old = group_[0].leaf_node({1})->encryption_key;
  expect_refused(group_[0], rogue_proposal(group_[1], update_with([&](LeafNode& leaf_node) {
                                             leaf_node.encryption_key = old;
                                           })),
                 Error::kMalformed);
}

TEST_F(Proposals, UpdateNobodyByALeafOfAnotherSource) {
  expect_refused(group_[0], rogue_proposal(group_[1], update_with([](LeafNode& leaf_node) {
                                             leaf_node.leaf_node_source = LeafNodeSource::kCommit;
                                           })),
                 Error::kMalformed);
}

TEST_F(Proposals, UpdateNobodyByALeafSignedForAnotherPlace) {
  Proposal update = update_with([](LeafNode&) {});
  expect_refused(group_[0], rogue_proposal(group_[2], update), Error::kUnauthenticated);
}

TEST_F(Proposals, RemoveNobodyWhoIsNotThere) {
  expect_invalid(remove_of(3));
  expect_invalid(remove_of(0xffffffff));
}

TEST_F(Proposals, InjectNoPskWithAShortNonce) {
  Proposal psk = psk_of("a");
  std::get<PreSharedKey>(psk.body).psk.psk_nonce.pop_back();
  expect_invalid(psk);
}

TEST_F(Proposals, InjectNoPskMeantForASuccessor) {
  for (auto usage : {ResumptionPskUsage::kReInit, ResumptionPskUsage::kBranch}) {
    PreSharedKey psk;
    psk.psk.psktype = PskType::kResumption;
    psk.psk.usage = usage;
    psk.psk.psk_group_id = group_[0].group_id();
    psk.psk.psk_epoch = group_[0].epoch();
    psk.psk.psk_nonce.assign(kNh, 1);
    expect_invalid({psk});
  }
}

TEST_F(Proposals, ReinitializeToNoOlderVersion) {
  ReInit reinit{to_bytes(as_bytes("next")), ProtocolVersion{0}, kSuite, {}};
  expect_invalid({reinit});
}

TEST_F(Proposals, InitializeFromOutsideOnlyFromOutside) {
  expect_invalid({ExternalInit{Bytes(kNenc)}});
}

TEST_F(Proposals, GiveTheGroupWellFormedExtensionsOnly) {
  GroupContextExtensions extensions;
  extensions.extensions.push_back({ExtensionType::kRequiredCapabilities, Bytes{9}});
  EXPECT_FALSE(group_[0].handle(rogue_proposal(group_[1], {extensions})));
  extensions.extensions[0] = {ExtensionType::kExternalSenders, Bytes{9}};
  EXPECT_FALSE(group_[0].handle(rogue_proposal(group_[1], {extensions})));
}

// Section 5.3.1, each event at which a credential is to be validated.
struct Wary : CredentialPolicy {
  using CredentialPolicy::accepts;
  bool accepts(const LeafNode& leaf_node) const override {
    return as_text(leaf_node.credential.identity) != "newcomer";
  }
  bool accepts_successor(const LeafNode&, const LeafNode&) const override { return false; }
  bool accepts(const ExternalSender&) const override { return false; }
};

class WaryProposals : public Proposals {
 protected:
  WaryProposals() {
    GroupOptions options;
    options.credential_policy = &policy_;
    group_ = SomeGroup(3, options);
  }
  Wary policy_;
};

TEST_F(WaryProposals, AddNobodyWhomTheApplicationDoesNotAccept) {
  expect_invalid(add_with([](KeyPackage&) {}), Error::kUnauthenticated);
}

TEST_F(WaryProposals, UpdateNobodyToACredentialThatTheApplicationDoesNotAccept) {
  expect_valid(update_with([](LeafNode&) {}));
  expect_refused(group_[0], rogue_proposal(group_[1], update_with([](LeafNode& leaf_node) {
                                             leaf_node.credential =
                                                 basic_credential(as_bytes("new name"));
                                           })),
                 Error::kUnauthenticated);
}

TEST_F(WaryProposals, InstallNoExternalSenderThatTheApplicationDoesNotAccept) {
  ExternalSenders senders{{{Bytes(32), basic_credential(as_bytes("boss"))}}};
  expect_invalid({GroupContextExtensions{{make_extension(senders)}}}, Error::kUnauthenticated);
}

// Section 12.1.8.
TEST(ExternalProposals, ComeFromListedSendersAndWithTypesThatTheyMaySend) {
  test::SeededRandom random(3);
  auto boss = SignatureKeyPair::generate(random);
  auto stranger = SignatureKeyPair::generate(random);
  ExternalSenders senders{{{to_bytes(boss.public_key()), basic_credential(as_bytes("boss"))}}};
  SomeGroup group(3, {}, {make_extension(senders)});
  const Bytes& id = group[0].group_id();
  auto send = [&](std::uint32_t index, const SignatureKeyPair& key, Proposal proposal) {
    auto message = propose_externally(id, group[0].epoch(), index, key, std::move(proposal));
    return message ? *message : Bytes();
  };
  EXPECT_TRUE(group[0].handle(send(0, boss, remove_of(2))));
  expect_refused(group[0], send(0, stranger, remove_of(1)), Error::kUnauthenticated);
  expect_refused(group[0], send(1, boss, remove_of(1)), Error::kUnauthenticated);
  // Not even signed by this library: an Update or ExternalInit from outside.
  EXPECT_TRUE(send(0, boss, {ExternalInit{Bytes(kNenc)}}).empty());
}

TEST(ExternalProposals, OfNewMembersAreTheApplicationsToAllow) {
  struct Open : CredentialPolicy {
    bool accepts_new_member_proposal(const KeyPackage&) const override { return true; }
  } open;
  GroupOptions options;
  options.credential_policy = &open;
  SomeGroup closed_group(2), open_group(2, options);
  OwnKeyPackage joiner = key_package_of("joiner", closed_group.random());
  auto message = propose_self(joiner, closed_group[0].group_id(), closed_group[0].epoch());
  ASSERT_TRUE(message.has_value());
  expect_refused(closed_group[0], *message, Error::kUnauthenticated);
  ASSERT_TRUE(open_group[0].handle(*message));
  auto messages = open_group[0].commit({}, open_group.random());
  ASSERT_TRUE(messages.has_value());
  ASSERT_TRUE(open_group[1].handle(*message));
  take(open_group[1], messages->commit);
  take(open_group[0], messages->commit);
  open_group.join(joiner, messages->welcomes[0].message);
  open_group.expect_agreement();
}

}  // namespace
}  // namespace sotto::mls
