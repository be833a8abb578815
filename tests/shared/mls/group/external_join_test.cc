#include "mls/group/external_join.h"

#include "shared/mls/group/some_group.h"

namespace sotto::mls {
namespace {

class ExternalJoins : public testing::Test {
 protected:
  Bytes group_info(bool external_pub = true) {
    GroupInfoOptions options;
    options.external_pub = external_pub;
    auto info = group_[0].group_info(options, group_.random());
    EXPECT_TRUE(info.has_value());
    return *info;
  }
  Result<ExternalJoin> join(std::string_view who, ExternalJoinOptions options = {}) {
    options.leaf_node = leaf_of(who);
    return Group::join_externally(group_info(), std::move(options),
                                  SignatureKeyPair::generate(group_.random()), group_.random());
  }

  SomeGroup group_{3};
};

TEST_F(ExternalJoins, BringSomebodyIn) {
  auto joined = join("outsider");
  ASSERT_TRUE(joined.has_value()) << name(joined.error());
  for (std::size_t i = 0; i < 3; ++i) {
    CommitEffects effects = take(group_[i], joined->commit);
    ASSERT_EQ(effects.added.size(), 1u);
    EXPECT_EQ(effects.added[0].leaf, LeafIndex{3});
    EXPECT_EQ(effects.added[0].proposal, kNoProposal);
    EXPECT_TRUE(
        equal(group_[i].epoch_authenticator().view(), joined->group.epoch_authenticator().view()));
  }
  auto next = joined->group.commit({}, group_.random());
  take(group_[0], next->commit);
  take(joined->group, next->commit);
  EXPECT_TRUE(
      equal(group_[0].epoch_authenticator().view(), joined->group.epoch_authenticator().view()));
}

TEST_F(ExternalJoins, ReplaceAFormerSelf) {
  ExternalJoinOptions options;
  options.resync = LeafIndex{1};
  auto joined = join("member 1", std::move(options));
  ASSERT_TRUE(joined.has_value()) << name(joined.error());
  EXPECT_EQ(joined->group.own_leaf(), LeafIndex{1});
  auto handled = group_[0].handle(joined->commit);
  ASSERT_TRUE(handled.has_value());
  StagedCommit& staged = std::get<StagedCommit>(*handled);
  EXPECT_TRUE(staged.external());
  EXPECT_EQ(staged.effects().removed.size(), 1u);
  EXPECT_NE(staged.path_leaf_before(), nullptr);
  ASSERT_TRUE(group_[0].apply(std::move(staged)));
  EXPECT_TRUE(
      equal(group_[0].epoch_authenticator().view(), joined->group.epoch_authenticator().view()));
  EXPECT_TRUE(take(group_[1], joined->commit).self_removed);
}

TEST_F(ExternalJoins, InjectPsks) {
  MemoryPskStore psks;
  psks.add_external(as_bytes("a"), Bytes(32, 1));
  ExternalJoinOptions options;
  options.psks = &psks;
  options.psk_ids = {std::get<PreSharedKey>(psk_of("a").body).psk};
  auto joined = join("outsider", std::move(options));
  ASSERT_TRUE(joined.has_value());
  expect_refused(group_[0], joined->commit, Error::kUnknownKey);
  HandleOptions handling;
  handling.psks = &psks;
  take(group_[0], joined->commit, handling);
  EXPECT_TRUE(
      equal(group_[0].epoch_authenticator().view(), joined->group.epoch_authenticator().view()));
}

TEST_F(ExternalJoins, NeedTheGroupsExternalKey) {
  ExternalJoinOptions options;
  options.leaf_node = leaf_of("outsider");
  auto joined =
      Group::join_externally(group_info(false), std::move(options),
                             SignatureKeyPair::generate(group_.random()), group_.random());
  EXPECT_EQ(joined.error(), Error::kNotFound);
}

TEST_F(ExternalJoins, WithAForgedGroupInfoFail) {
  Bytes info = group_info();
  for (std::size_t i = 0; i < info.size(); i += 11) {
    Bytes forged = info;
    forged[i] ^= 1;
    ExternalJoinOptions options;
    options.leaf_node = leaf_of("outsider");
    EXPECT_FALSE(Group::join_externally(forged, std::move(options),
                                        SignatureKeyPair::generate(group_.random()),
                                        group_.random())
                     .has_value())
        << i;
  }
}

TEST_F(ExternalJoins, OfWhomTheApplicationDoesNotAcceptAreRefused) {
  struct Closed : CredentialPolicy {
    using CredentialPolicy::accepts;
    bool accepts(const LeafNode& leaf_node) const override {
      return as_text(leaf_node.credential.identity) != "outsider";
    }
    bool accepts_successor(const LeafNode& before, const LeafNode& after) const override {
      return before.credential == after.credential;
    }
  } policy;
  GroupOptions options;
  options.credential_policy = &policy;
  group_ = SomeGroup(3, options);
  auto joined = join("outsider");
  ASSERT_TRUE(joined.has_value());
  expect_refused(group_[0], joined->commit, Error::kUnauthenticated);
  ExternalJoinOptions as_another;
  as_another.resync = LeafIndex{1};
  auto impostor = join("outsider", std::move(as_another));
  ASSERT_TRUE(impostor.has_value());
  expect_refused(group_[0], impostor->commit, Error::kUnauthenticated);
  ExternalJoinOptions as_myself;
  as_myself.resync = LeafIndex{1};
  auto returned = join("member 1", std::move(as_myself));
  take(group_[0], returned->commit);
}

}  // namespace
}  // namespace sotto::mls
