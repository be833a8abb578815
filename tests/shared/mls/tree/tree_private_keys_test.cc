#include "mls/tree/tree_private_keys.h"

#include "mls/tree/path_secret.h"
#include "shared/mls/tree/sample_group.h"

namespace sotto::mls::test {
namespace {

TEST(TreePrivateKeys, ForgetWhatTheTreeHasReplacedOrBlanked) {
  SampleGroup group(4);
  group.commit({0}, {}, 0);
  TreePrivateKeys& keys = group.members.at({1}).keys;
  ASSERT_TRUE(keys.check(group.tree));
  EXPECT_NE(keys.find({3}), nullptr);
  RatchetTree changed = group.tree;
  ASSERT_TRUE(changed.remove({3}));
  EXPECT_EQ(keys.check(changed).error(), Error::kUnauthenticated);
  keys.forget_outdated(changed);
  EXPECT_TRUE(keys.check(changed));
  EXPECT_EQ(keys.find({3}), nullptr);
  EXPECT_NE(keys.find({1}), nullptr);
  EXPECT_NE(keys.find(node_of({1})), nullptr);
}

TEST(TreePrivateKeys, DoNotFollowTheirCopies) {
  SampleGroup group(4);
  group.commit({0}, {}, 0);
  TreePrivateKeys& keys = group.members.at({1}).keys;
  TreePrivateKeys copy = keys.copy();
  copy.set({3}, HpkeKeyPair::generate(group.random));
  EXPECT_FALSE(copy.check(group.tree));
  EXPECT_TRUE(keys.check(group.tree));
}

TEST(TreePrivateKeys, WithoutTheLeafsOwnAreNotTheTrees) {
  SampleGroup group(4);
  EXPECT_EQ(TreePrivateKeys(LeafIndex{1}).check(group.tree).error(), Error::kUnauthenticated);
}

TEST(TreePrivateKeys, OfAJoinerComeFromTheCommonAncestorUp) {
  SampleGroup group(5);
  RatchetTree& tree = group.tree;
  LeafIndex joiner = tree.add(new_leaf(group.random).pointer()).value();
  SampleGroup::Member& sender = group.members.at({2});
  DraftPath draft =
      draft_path(tree, sender.keys, *tree.leaf({2}), group.group_id, sender.signer, group.random)
          .value();
  const Secret<kNh>& secret = *draft.path_secret_for({2}, joiner);

  TreePrivateKeys keys(joiner);
  ASSERT_TRUE(keys.implant(tree, {2}, secret));
  EXPECT_NE(keys.find(tree.root()), nullptr);
  EXPECT_EQ(keys.find({9}), nullptr);  // blank

  TreePrivateKeys none(joiner);
  EXPECT_EQ(none.implant(tree, {2}, next_path_secret(secret)).error(), Error::kUnauthenticated);
  EXPECT_EQ(none.implant(tree, {4}, secret).error(), Error::kUnauthenticated);  // blank above
  EXPECT_EQ(none.implant(tree, joiner, secret).error(), Error::kUnauthenticated);
  EXPECT_EQ(none.implant(tree, {0x10000}, secret).error(), Error::kUnauthenticated);
  EXPECT_EQ(none.find(tree.root()), nullptr);
}

TEST(TreePrivateKeys, OfALowerJoinerCoverEveryFilledNodeAbove) {
  SampleGroup group(8);
  group.warm_up();
  std::vector<LeafIndex> added = group.commit({0}, {LeafIndex{1}}, 1, false);
  TreePrivateKeys& keys = group.members.at(added.front()).keys;
  EXPECT_EQ(added.front(), LeafIndex{1});
  for (NodeIndex node : direct_path({1}, 8)) EXPECT_NE(keys.find(node), nullptr);
  EXPECT_TRUE(keys.check(group.tree));
}

}  // namespace
}  // namespace sotto::mls::test
