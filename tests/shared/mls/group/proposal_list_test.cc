#include "mls/group/proposal_list.h"

#include "mls/group/external_join.h"
#include "shared/mls/group/rogue_member.h"

namespace sotto::mls {
namespace {

class ProposalList : public testing::Test {
 protected:
  // Would a path stand in the way? It is the list that is refused: rules come before paths.
  void expect_list_refused(Commit commit) {
    if (!commit.path) {
      commit.path = commit_with_path(group_[1], group_.random(), [](UpdatePath&) {}).path;
    }
    expect_refused(group_[0], rogue_commit(group_[1], std::move(commit)), Error::kMalformed);
  }
  void expect_list_refused(std::vector<Proposal> proposals) {
    expect_list_refused(commit_of(std::move(proposals)));
  }
  ProposalOrRef by_reference(const Bytes& proposal) {
    auto stored = group_[0].stored_proposals();
    EXPECT_FALSE(stored.empty());
    (void)proposal;
    return {stored.back()->reference};
  }

  SomeGroup group_{4};
};

TEST_F(ProposalList, ThatIsInOrderIsRefusedForItsMadeUpTagOnly) {
  Commit commit = commit_with_path(group_[1], group_.random(), [](UpdatePath&) {});
  expect_refused(group_[0], rogue_commit(group_[1], std::move(commit)), Error::kUnauthenticated);
}

TEST_F(ProposalList, HasNoUpdateOfTheCommitter) {
  LeafNode leaf_node = *group_[1].leaf_node({1});
  leaf_node.leaf_node_source = LeafNodeSource::kUpdate;
  leaf_node.encryption_key[0] ^= 1;
  sign_leaf_node(leaf_node, group_[1].group_id(), {1},
                 *GroupAccess::state(group_[1]).epoch.signature_key);
  expect_list_refused({{Update{leaf_node}}});
}

TEST_F(ProposalList, HasNoRemoveOfTheCommitter) {
  expect_list_refused({remove_of(1)});
}

TEST_F(ProposalList, RemovesNobodyTwice) {
  expect_list_refused({remove_of(2), remove_of(2)});
}

TEST_F(ProposalList, DoesNotUpdateAndRemoveTheSameMember) {
  auto update = group_[2].propose_update({}, {}, group_.random());
  group_.deliver_proposal(2, *update);
  Commit commit = commit_of({remove_of(2)});
  commit.proposals.push_back(by_reference(*update));
  expect_list_refused(std::move(commit));
}

TEST_F(ProposalList, DoesNotUpdateTheSameMemberTwice) {
  auto update = group_[2].propose_update({}, {}, group_.random());
  group_.deliver_proposal(2, *update);
  Commit commit;
  commit.proposals = {by_reference(*update), by_reference(*update)};
  expect_list_refused(std::move(commit));
}

TEST_F(ProposalList, AddsNobodyTwice) {
  OwnKeyPackage newcomer = key_package_of("newcomer", group_.random());
  expect_list_refused({add_of(newcomer), add_of(newcomer)});
}

TEST_F(ProposalList, AddsNobodyWhoIsThere) {
  KeyPackageOptions options;
  options.leaf_node = leaf_of("again");
  options.lifetime = {1000, 2000};
  auto seed = GroupAccess::state(group_[2]).epoch.signature_key->seed();
  auto again =
      generate_key_package(std::move(options), SignatureKeyPair::from_seed(seed), group_.random());
  ASSERT_TRUE(again.has_value());
  expect_list_refused({add_of(*again)});
}

TEST_F(ProposalList, AddsNobodyWhomTheApplicationKnowsAsAMember) {
  struct ByCredential : CredentialPolicy {
    bool compares_clients() const override { return true; }
    bool same_client(const LeafNode& one, const LeafNode& other) const override {
      return one.credential == other.credential;
    }
  } policy;
  GroupOptions options;
  options.credential_policy = &policy;
  SomeGroup group(3, options);
  OwnKeyPackage again = key_package_of("member 2", group.random());
  Commit commit = commit_of({add_of(again)});
  expect_refused(group[0], rogue_commit(group[1], commit), Error::kMalformed);
  // "unless there is a Remove proposal in the list removing the matching client"
  CommitOptions replacing;
  replacing.proposals = {remove_of(2), add_of(again)};
  auto messages = group[1].commit(std::move(replacing), group.random());
  ASSERT_TRUE(messages.has_value());
  EXPECT_TRUE(group[0].handle(messages->commit).has_value());
}

TEST_F(ProposalList, NamesNoPskTwice) {
  expect_list_refused({psk_of("a"), psk_of("a")});
}

TEST_F(ProposalList, HasOneGroupContextExtensionsAtMost) {
  expect_list_refused({{GroupContextExtensions{}}, {GroupContextExtensions{}}});
}

TEST_F(ProposalList, HasNothingBesideAReInit) {
  ReInit reinit{to_bytes(as_bytes("next")), ProtocolVersion::kMls10, kSuite, {}};
  expect_list_refused({{reinit}, psk_of("a")});
}

TEST_F(ProposalList, HasNoExternalInitInAMembersCommit) {
  expect_list_refused({{ExternalInit{Bytes(kNenc)}}});
}

TEST_F(ProposalList, NamesNoProposalThatWasNotReceived) {
  Commit commit = commit_with_path(group_[1], group_.random(), [](UpdatePath&) {});
  commit.proposals.push_back({ProposalRef(kNh, 7)});
  expect_refused(group_[0], rogue_commit(group_[1], std::move(commit)), Error::kNotFound);
}

TEST_F(ProposalList, NeedsAPathUnlessAllItsProposalsDoWithout) {
  auto update = group_[2].propose_update({}, {}, group_.random());
  group_.deliver_proposal(2, *update);
  Commit with_update;
  with_update.proposals.push_back(by_reference(*update));
  for (const Commit& commit :
       {Commit{}, commit_of({remove_of(2)}), commit_of({{GroupContextExtensions{}}}), with_update,
        commit_of({psk_of("a"), remove_of(2)})}) {
    expect_refused(group_[0], rogue_commit(group_[1], commit), Error::kMalformed);
  }
}

// A genuine external commit with other proposals.
class ExternalProposalList : public ProposalList {
 protected:
  ExternalProposalList() { join_with({}); }

  void join_with(std::optional<LeafIndex> resync) {
    GroupInfoOptions options;
    options.external_pub = true;
    auto info = group_[0].group_info(options, group_.random());
    ExternalJoinOptions join;
    join.leaf_node = leaf_of("outsider");
    join.resync = resync;
    auto seed = SignatureKeyPair::generate(group_.random());
    signature_key_ =
        std::make_shared<const SignatureKeyPair>(SignatureKeyPair::from_seed(seed.seed()));
    auto joined = Group::join_externally(*info, std::move(join), std::move(seed), group_.random());
    EXPECT_TRUE(joined.has_value());
    auto message = decode<MlsMessage>(joined->commit);
    content_ = message->as<PublicMessage>()->content;
  }

  Commit& commit() { return std::get<Commit>(content_.content); }
  Bytes message() {
    const GroupContext& context = group_[0].context();
    AuthenticatedContent message =
        sign_content(WireFormat::kPublicMessage, content_, context, *signature_key_);
    message.auth.confirmation_tag = Mac(kNh);
    auto sealed = protect_public(std::move(message), context, {});
    EXPECT_TRUE(sealed.has_value());
    return encode(MlsMessage{*std::move(sealed)});
  }
  void expect_refused_by_all(Error error = Error::kMalformed) {
    for (std::size_t i = 0; i < 2; ++i) expect_refused(group_[i], message(), error);
  }

  SignatureKeyPointer signature_key_;
  FramedContent content_;
};

TEST_F(ExternalProposalList, ThatIsInOrderIsRefusedForItsMadeUpTagOnly) {
  expect_refused_by_all(Error::kUnauthenticated);
}

TEST_F(ExternalProposalList, HasAnExternalInit) {
  commit().proposals.clear();
  expect_refused_by_all();
}

TEST_F(ExternalProposalList, HasOneExternalInitOnly) {
  commit().proposals.push_back(commit().proposals[0]);
  expect_refused_by_all();
}

TEST_F(ExternalProposalList, RemovesOneMemberAtMost) {
  commit().proposals.push_back({remove_of(2)});
  commit().proposals.push_back({remove_of(3)});
  expect_refused_by_all();
}

TEST_F(ExternalProposalList, HasNoOtherProposals) {
  OwnKeyPackage friend_of_mine = key_package_of("friend", group_.random());
  commit().proposals.push_back({add_of(friend_of_mine)});
  expect_refused_by_all();
  commit().proposals.back() = {Proposal{GroupContextExtensions{}}};
  expect_refused_by_all();
}

TEST_F(ExternalProposalList, HasNothingByReference) {
  group_.propose(2, remove_of(3));
  commit().proposals.push_back({group_[0].stored_proposals()[0]->reference});
  expect_refused_by_all();
}

TEST_F(ExternalProposalList, DoesNotReturnWithTheKeyItHad) {
  join_with(LeafIndex{2});
  expect_refused_by_all(Error::kUnauthenticated);  // its tag alone is wrong
  LeafNode& leaf_node = commit().path->leaf_node;
  leaf_node.encryption_key = group_[0].leaf_node({2})->encryption_key;
  sign_leaf_node(leaf_node, group_[0].group_id(), {2}, *signature_key_);
  expect_refused_by_all();
}

}  // namespace
}  // namespace sotto::mls
