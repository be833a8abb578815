#include "mls/group/successor.h"

#include "shared/mls/group/some_group.h"

namespace sotto::mls {
namespace {

// Three members, and what each would join the next group with.
class Successors : public testing::Test {
 protected:
  void reinitialize() {
    ReInit reinit{to_bytes(as_bytes("next")),
                  ProtocolVersion::kMls10,
                  CipherSuite::kX25519Aes128GcmSha256Ed25519,
                  {{kOurExtension, {}}}};
    CommitOptions options;
    options.proposals = {{reinit}};
    group_.commit(0, std::move(options));
  }

  CreateOptions create_options(std::string_view who) {
    CreateOptions create;
    create.group_id = to_bytes(as_bytes("branch"));
    create.leaf_node = leaf_of(who);
    create.lifetime = {1000, 2000};
    return create;
  }

  // Everybody named joins `next` by its first commit.
  std::vector<Result<Group>> welcome(Group& next, std::vector<std::size_t> who) {
    std::vector<OwnKeyPackage> packages;
    CommitOptions options;
    for (std::size_t i : who) {
      KeyPackageOptions of_suite;
      of_suite.cipher_suite = next.cipher_suite();
      packages.push_back(
          key_package_of("member " + std::to_string(i), group_.random(), std::move(of_suite)));
      options.proposals.push_back(add_of(packages.back()));
    }
    auto messages = next.commit(std::move(options), group_.random());
    EXPECT_TRUE(messages.has_value()) << (messages ? "" : name(messages.error()));
    EXPECT_TRUE(next.merge_pending_commit().has_value());
    std::vector<Result<Group>> joined;
    for (std::size_t i = 0; i < who.size(); ++i) {
      JoinOptions join;
      join.origin = know_origin_ ? &group_[who[i]] : nullptr;
      joined.push_back(Group::join(messages->welcomes[0].message, packages[i], join));
    }
    return joined;
  }

  SomeGroup group_{3};
  bool know_origin_ = true;
};

TEST_F(Successors, TakeAReinitializedGroupsPlace) {
  reinitialize();
  EXPECT_FALSE(group_[1].active());
  EXPECT_EQ(group_[1].protect({}, {}, group_.random()).error(), Error::kWrongState);
  EXPECT_EQ(group_[1].commit({}, group_.random()).error(), Error::kWrongState);
  ASSERT_TRUE(group_[2].reinit().has_value());
  auto next = Group::reinitialize(group_[1], create_options("member 1"),
                                  SignatureKeyPair::generate(group_.random()), group_.random());
  ASSERT_TRUE(next.has_value()) << name(next.error());
  for (auto& joined : welcome(*next, {0, 2})) {
    ASSERT_TRUE(joined.has_value()) << name(joined.error());
    EXPECT_EQ(as_text(joined->group_id()), "next");
    EXPECT_EQ(joined->epoch(), 1u);
    EXPECT_TRUE(equal(joined->epoch_authenticator().view(), next->epoch_authenticator().view()));
  }
}

TEST_F(Successors, OfAReinitializedGroupHaveAllItsMembers) {
  reinitialize();
  auto next = Group::reinitialize(group_[1], create_options("member 1"),
                                  SignatureKeyPair::generate(group_.random()), group_.random());
  for (auto& joined : welcome(*next, {0})) EXPECT_EQ(joined.error(), Error::kMalformed);
}

TEST_F(Successors, AreWhatTheReInitSaid) {
  reinitialize();
  auto next = Group::reinitialize(group_[1], create_options("member 1"),
                                  SignatureKeyPair::generate(group_.random()), group_.random());
  GroupAccess::state(group_[0]).reinit->group_id.push_back(1);
  GroupAccess::state(group_[2]).reinit->extensions.clear();
  for (auto& joined : welcome(*next, {0, 2})) EXPECT_EQ(joined.error(), Error::kMalformed);
}

TEST_F(Successors, NeedAReInit) {
  auto next = Group::reinitialize(group_[1], create_options("member 1"),
                                  SignatureKeyPair::generate(group_.random()), group_.random());
  EXPECT_EQ(next.error(), Error::kWrongState);
}

TEST_F(Successors, ThatBranchHaveSomeOfTheMembers) {
  auto branch = Group::branch(group_[1], create_options("member 1"),
                              SignatureKeyPair::generate(group_.random()), group_.random());
  ASSERT_TRUE(branch.has_value());
  for (auto& joined : welcome(*branch, {2})) {
    ASSERT_TRUE(joined.has_value()) << name(joined.error());
    EXPECT_TRUE(equal(joined->epoch_authenticator().view(), branch->epoch_authenticator().view()));
  }
  EXPECT_TRUE(group_[1].active());
}

TEST_F(Successors, ThatBranchHaveNobodyElse) {
  auto branch = Group::branch(group_[1], create_options("stranger"),
                              SignatureKeyPair::generate(group_.random()), group_.random());
  for (auto& joined : welcome(*branch, {2})) EXPECT_EQ(joined.error(), Error::kMalformed);
}

TEST_F(Successors, AreJoinedOnlyFromTheGroupThatTheyComeFrom) {
  auto branch = Group::branch(group_[1], create_options("member 1"),
                              SignatureKeyPair::generate(group_.random()), group_.random());
  know_origin_ = false;
  for (auto& joined : welcome(*branch, {2})) EXPECT_EQ(joined.error(), Error::kUnknownKey);
}

}  // namespace
}  // namespace sotto::mls
