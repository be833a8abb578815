#include "mls/group/commit_processing.h"

#include "shared/mls/group/rogue_member.h"

namespace sotto::mls {
namespace {

class Commits : public testing::Test {
 protected:
  template <typename Change>
  void expect_path_refused(Change change, Error error) {
    Commit commit = commit_with_path(group_[1], group_.random(), change);
    expect_refused(group_[0], rogue_commit(group_[1], std::move(commit)), error);
  }

  SomeGroup group_{4};
};

TEST_F(Commits, AreRefusedWhenAnyBitOfThemIsFlipped) {
  GroupOptions in_public;
  in_public.private_handshake = false;
  for (const GroupOptions& options : {GroupOptions(), in_public}) {
    SomeGroup group(3, options);
    auto messages = group[1].commit({}, group.random());
    ASSERT_TRUE(messages.has_value());
    HashValue before = digest_of(group[0]);
    for (std::size_t i = 0; i < messages->commit.size(); i += 3) {
      Bytes forged = messages->commit;
      forged[i] ^= static_cast<std::uint8_t>(1 << i % 8);
      EXPECT_FALSE(group[0].handle(forged).has_value()) << i;
    }
    EXPECT_EQ(digest_of(group[0]), before);
    take(group[0], messages->commit);
  }
}

TEST_F(Commits, AreRefusedWithAWrongConfirmationTag) {
  Commit commit = commit_with_path(group_[1], group_.random(), [](UpdatePath&) {});
  expect_refused(group_[0], rogue_commit(group_[1], commit, Mac(kNh, 1)), Error::kUnauthenticated);
  expect_refused(group_[0], rogue_commit(group_[1], commit, Mac()), Error::kUnauthenticated);
}

TEST_F(Commits, OfAnotherGroupOrEpochAreRefused) {
  auto first = group_[1].commit({}, group_.random());
  ASSERT_TRUE(first.has_value());
  take(group_[2], first->commit);
  auto second = group_[2].commit({}, group_.random());
  expect_refused(group_[0], second->commit, Error::kWrongState);
  take(group_[0], first->commit);
  expect_refused(group_[0], first->commit, Error::kExpired);

  test::SeededRandom random(99);
  CreateOptions other;
  other.group_id = to_bytes(as_bytes("another group"));
  other.leaf_node = leaf_of("member 1");
  other.lifetime = {1000, 2000};
  auto elsewhere = Group::create(std::move(other), SignatureKeyPair::generate(random), random);
  auto commit = elsewhere->commit({}, random);
  expect_refused(group_[0], commit->commit, Error::kNotFound);
}

// Section 7.3.
TEST_F(Commits, BringALeafOfTheirOwnSource) {
  expect_path_refused(
      [](UpdatePath& path) { path.leaf_node.leaf_node_source = LeafNodeSource::kUpdate; },
      Error::kUnauthenticated);  // without its parent_hash, for a start
}

// Section 12.4.2.
TEST_F(Commits, BringAFreshLeafKey) {
  Bytes old = group_[1].leaf_node({1})->encryption_key;
  auto handled = group_[0].handle(rogue_commit(
      group_[1], commit_with_path(group_[1], group_.random(),
                                  [&](UpdatePath& path) { path.leaf_node.encryption_key = old; })));
  ASSERT_FALSE(handled.has_value());
  EXPECT_EQ(handled.error(), Error::kMalformed);
}

TEST_F(Commits, BringNoKeyThatStandsInTheTree) {
  group_.commit(1);  // so that there are parents whose keys could come back
  NodeIndex root = GroupAccess::state(group_[0]).epoch.tree.root();
  Bytes old = to_bytes(GroupAccess::state(group_[0]).epoch.tree.encryption_key(root));
  ASSERT_EQ(old.size(), kNpk);
  expect_path_refused([&](UpdatePath& path) { path.nodes.back().encryption_key = old; },
                      Error::kMalformed);
  Bytes of_another = group_[0].leaf_node({3})->encryption_key;
  expect_path_refused([&](UpdatePath& path) { path.nodes[0].encryption_key = of_another; },
                      Error::kMalformed);
  expect_path_refused([&](UpdatePath& path) { path.leaf_node.encryption_key = of_another; },
                      Error::kMalformed);
}

TEST_F(Commits, BringAsManyNodesAsTheFilteredDirectPathHas) {
  expect_path_refused([](UpdatePath& path) { path.nodes.pop_back(); }, Error::kMalformed);
  expect_path_refused([](UpdatePath& path) { path.nodes.push_back(path.nodes[0]); },
                      Error::kMalformed);
}

TEST_F(Commits, BringALeafBoundToItsParents) {
  expect_path_refused([](UpdatePath& path) { path.leaf_node.parent_hash[0] ^= 1; },
                      Error::kUnauthenticated);
}

TEST_F(Commits, BringALeafThatSupportsWhatTheGroupAsks) {
  SomeGroup group(3, {}, {{kOurExtension, {}}});
  Commit commit = commit_with_path(group[1], group.random(), [](UpdatePath& path) {
    path.leaf_node.capabilities.extensions.clear();
  });
  auto handled = group[0].handle(rogue_commit(group[1], std::move(commit)));
  ASSERT_FALSE(handled.has_value());
  EXPECT_NE(handled.error(), Error::kUnauthenticated);
}

TEST_F(Commits, WithAPskThatIHaveNotAreRefused) {
  MemoryPskStore psks;
  psks.add_external(as_bytes("a"), Bytes(32, 5));
  CommitOptions options;
  options.proposals = {psk_of("a")};
  options.psks = &psks;
  auto messages = group_[1].commit(std::move(options), group_.random());
  ASSERT_TRUE(messages.has_value());
  expect_refused(group_[0], messages->commit, Error::kUnknownKey);
  MemoryPskStore wrong;
  wrong.add_external(as_bytes("a"), Bytes(32, 6));
  HandleOptions with_wrong, with_right;
  with_wrong.psks = &wrong;
  with_right.psks = &psks;
  expect_refused(group_[0], messages->commit, Error::kUnauthenticated, with_wrong);
  take(group_[0], messages->commit, with_right);
}

// The application has looked at it and will not have it.
TEST_F(Commits, ThatAreStagedAndDroppedLeaveEverythingAsItWas) {
  auto messages = group_[1].commit({}, group_.random());
  HashValue before = digest_of(group_[0]);
  {
    auto handled = group_[0].handle(messages->commit);
    ASSERT_TRUE(handled.has_value());
    EXPECT_EQ(digest_of(group_[0]), before);
  }
  EXPECT_EQ(digest_of(group_[0]), before);
  take(group_[0], messages->commit);
}

TEST_F(Commits, StagedInAnotherEpochAreNotApplied) {
  auto one = group_[1].commit({}, group_.random());
  auto other = group_[2].commit({}, group_.random());
  auto staged_one = group_[0].handle(one->commit);
  auto staged_other = group_[0].handle(other->commit);
  ASSERT_TRUE(staged_one && staged_other);
  EXPECT_TRUE(group_[0].apply(std::get<StagedCommit>(std::move(*staged_one))));
  HashValue before = digest_of(group_[0]);
  auto applied = group_[0].apply(std::get<StagedCommit>(std::move(*staged_other)));
  ASSERT_FALSE(applied.has_value());
  EXPECT_EQ(applied.error(), Error::kWrongState);
  EXPECT_EQ(digest_of(group_[0]), before);
}

TEST_F(Commits, SayWhatTheyDo) {
  OwnKeyPackage newcomer = key_package_of("newcomer", group_.random());
  CommitOptions options;
  options.proposals = {remove_of(3), add_of(newcomer)};
  options.authenticated_data = to_bytes(as_bytes("note"));
  auto messages = group_[1].commit(std::move(options), group_.random());
  ASSERT_TRUE(messages.has_value());
  auto handled = group_[0].handle(messages->commit);
  ASSERT_TRUE(handled.has_value());
  const StagedCommit& staged = std::get<StagedCommit>(*handled);
  EXPECT_EQ(staged.committer(), LeafIndex{1});
  EXPECT_FALSE(staged.external());
  EXPECT_EQ(as_text(staged.authenticated_data()), "note");
  ASSERT_EQ(staged.proposals().size(), 2u);
  EXPECT_TRUE(staged.proposals()[0].reference.empty());
  ASSERT_EQ(staged.effects().added.size(), 1u);
  EXPECT_EQ(staged.effects().added[0].leaf, LeafIndex{3});
  EXPECT_EQ(staged.effects().added[0].proposal, 1u);
  EXPECT_EQ(as_text(staged.effects().added[0].leaf_node->credential.identity), "newcomer");
  ASSERT_EQ(staged.effects().removed.size(), 1u);
  EXPECT_EQ(as_text(staged.effects().removed[0].leaf_node->credential.identity), "member 3");
  ASSERT_EQ(staged.effects().updated.size(), 1u);
  EXPECT_EQ(staged.effects().updated[0].leaf, LeafIndex{1});
  EXPECT_NE(*staged.path_leaf_before(), *staged.path_leaf_after());
  EXPECT_EQ(staged.after().epoch, staged.before().epoch + 1);
  EXPECT_FALSE(staged.effects().self_removed);
  auto removed = group_[3].handle(messages->commit);
  ASSERT_TRUE(removed.has_value());
  EXPECT_TRUE(std::get<StagedCommit>(*removed).effects().self_removed);
}

}  // namespace
}  // namespace sotto::mls
