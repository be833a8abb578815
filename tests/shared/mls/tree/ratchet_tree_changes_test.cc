#include "shared/mls/tree/sample_group.h"

namespace sotto::mls::test {
namespace {

// Everything that a change could have touched.
struct Snapshot {
  Bytes encoded;
  HashValue tree_hash;
  std::uint32_t leaf_count;

  explicit Snapshot(const RatchetTree& tree)
      : encoded(tree.encode()), tree_hash(tree.tree_hash()), leaf_count(tree.leaf_count()) {}
  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

// The tree as one that never had a cache, an index or shared nodes.
RatchetTree rebuilt(const RatchetTree& tree) {
  return RatchetTree::decode(tree.encode()).value();
}

TEST(RatchetTreeChanges, AddAtTheLeftmostBlankLeafAndExtend) {
  SampleGroup group(4);
  RatchetTree& tree = group.tree;
  EXPECT_EQ(tree.next_leaf(), LeafIndex{4});
  ASSERT_TRUE(tree.remove({1}));
  ASSERT_TRUE(tree.remove({2}));
  EXPECT_EQ(tree.add(new_leaf(group.random).pointer()).value(), LeafIndex{1});
  EXPECT_EQ(tree.next_leaf(), LeafIndex{2});
  MembershipChanges changes;
  for (int i = 0; i < 3; ++i) changes.adds.push_back(new_leaf(group.random).pointer());
  EXPECT_EQ(tree.apply(changes).value(), (std::vector<LeafIndex>{{2}, {4}, {5}}));
  EXPECT_EQ(tree.leaf_count(), 8u);
  EXPECT_EQ(tree.member_count(), 6u);
}

TEST(RatchetTreeChanges, TruncateWhatAllHaveLeft) {
  SampleGroup group(9);
  group.warm_up();
  RatchetTree& tree = group.tree;
  EXPECT_EQ(tree.leaf_count(), 16u);
  ASSERT_TRUE(tree.remove({8}));
  EXPECT_EQ(tree.leaf_count(), 8u);
  MembershipChanges changes;
  changes.removes = {{7}, {1}, {3}, {4}, {5}, {6}, {2}};
  ASSERT_TRUE(tree.apply(changes));
  EXPECT_EQ(tree.leaf_count(), 1u);
  EXPECT_EQ(tree.members(), std::vector<LeafIndex>{{0}});
}

TEST(RatchetTreeChanges, BlankThePathAboveAnUpdateAndAboveARemove) {
  SampleGroup group(8);
  group.warm_up();
  RatchetTree updated = group.tree, removed = group.tree;
  ASSERT_TRUE(updated.update({5}, new_leaf(group.random).pointer()));
  ASSERT_TRUE(removed.remove({5}));
  for (NodeIndex node : direct_path({5}, 8)) {
    EXPECT_FALSE(group.tree.is_blank(node));
    EXPECT_TRUE(updated.is_blank(node));
    EXPECT_TRUE(removed.is_blank(node));
  }
  EXPECT_FALSE(updated.is_blank({1}));
  EXPECT_FALSE(updated.is_blank({3}));
  EXPECT_FALSE(updated.is_blank({13}));
}

TEST(RatchetTreeChanges, ListNewLeavesAsUnmergedAboveThemInOrder) {
  SampleGroup group(8);
  group.warm_up();
  RatchetTree& tree = group.tree;
  MembershipChanges changes;
  changes.removes = {{1}};
  ASSERT_TRUE(tree.apply(changes));
  group.commit({7}, {}, 0, false);
  group.commit({4}, {LeafIndex{6}}, 0, false);
  changes = {};
  for (int i = 0; i < 2; ++i) changes.adds.push_back(new_leaf(group.random).pointer());
  EXPECT_EQ(tree.apply(changes).value(), (std::vector<LeafIndex>{{1}, {6}}));
  EXPECT_EQ(tree.parent(tree.root())->unmerged_leaves, (std::vector<LeafIndex>{{1}, {6}}));
  EXPECT_EQ(tree.parent({11})->unmerged_leaves, std::vector<LeafIndex>{{6}});
  EXPECT_EQ(tree.parent({13}), nullptr);
}

TEST(RatchetTreeChanges, SwapKeysBetweenTwoMembersOrWithOneThatLeaves) {
  SampleGroup group(4);
  RatchetTree& tree = group.tree;
  MembershipChanges changes;
  changes.updates = {{{1}, tree.leaf({2})}, {{2}, tree.leaf({1})}};
  LeafPointer of_the_third = tree.leaf({3});
  changes.removes = {{3}};
  changes.adds = {of_the_third};
  ASSERT_TRUE(tree.apply(changes));
  EXPECT_EQ(tree.find_signature_key(tree.leaf({1})->signature_key), LeafIndex{1});
  EXPECT_EQ(tree.find_signature_key(of_the_third->signature_key), LeafIndex{3});
}

TEST(RatchetTreeChanges, LeaveTheTreeAsItWasWhenAnythingIsWrong) {
  SampleGroup group(6);
  group.warm_up();
  RatchetTree& tree = group.tree;
  const Snapshot before(tree);
  LeafPointer fresh = new_leaf(group.random).pointer();
  auto with_key = [&](ByteView key) {
    LeafNode leaf = *fresh;
    leaf.encryption_key = to_bytes(key);
    return std::make_shared<const LeafNode>(leaf);
  };
  auto refused = [&](MembershipChanges changes) {
    Error error = tree.apply(changes).error();
    EXPECT_EQ(Snapshot(tree), before);
    return error;
  };
  EXPECT_EQ(refused({{}, {{6}}, {fresh}}), Error::kNotFound);
  EXPECT_EQ(refused({{{{7}, fresh}}, {}, {}}), Error::kNotFound);
  EXPECT_EQ(refused({{}, {{0xffffffff}}, {}}), Error::kNotFound);
  EXPECT_EQ(refused({{}, {{1}, {1}}, {}}), Error::kInvalidArgument);
  EXPECT_EQ(refused({{{{1}, fresh}}, {{1}}, {}}), Error::kInvalidArgument);
  EXPECT_EQ(refused({{}, {{0}, {1}, {2}, {3}, {4}, {5}}, {fresh}}), Error::kInvalidArgument);
  EXPECT_EQ(refused({{}, {{1}}, {fresh, fresh}}), Error::kAlreadyExists);
  EXPECT_EQ(refused({{}, {{1}}, {tree.leaf({0})}}), Error::kAlreadyExists);
  EXPECT_EQ(refused({{}, {{5}}, {with_key(tree.encryption_key({1}))}}), Error::kAlreadyExists);
  EXPECT_EQ(refused({{}, {}, {with_key(ByteView(fresh->encryption_key).first(31))}}),
            Error::kMalformed);
  EXPECT_EQ(refused({{}, {}, {with_key(Bytes(32, 0))}}), Error::kMalformed);
  EXPECT_EQ(tree.merge({0}, fresh, {}).error(), Error::kInvalidArgument);
  EXPECT_EQ(tree.make_room({9}).error(), Error::kInvalidArgument);
  EXPECT_EQ(Snapshot(tree), before);
}

// Of small order: its committer would lock everybody else out of committing past that node.
TEST(RatchetTreeChanges, MergeNoPathWithAKeyThatNothingCanBeSealedTo) {
  SampleGroup group(4);
  RatchetTree& tree = group.tree;
  const Snapshot before(tree);
  std::vector<ParentPointer> path;
  for (std::size_t i = 0; i < 2; ++i) {
    path.push_back(std::make_shared<const ParentNode>(
        ParentNode{to_bytes(HpkeKeyPair::generate(group.random).public_key), {}, {}}));
  }
  RatchetTree good = tree;
  EXPECT_TRUE(good.merge({0}, new_leaf(group.random).pointer(), path));
  path[0] = std::make_shared<const ParentNode>(ParentNode{Bytes(32, 0), {}, {}});
  EXPECT_EQ(tree.merge({0}, new_leaf(group.random).pointer(), path).error(), Error::kMalformed);
  EXPECT_EQ(Snapshot(tree), before);
}

TEST(RatchetTreeChanges, NeverExceedTheLimit) {
  SampleGroup group(1);
  std::vector<NodePointer> nodes(node_count(kMaxLeafCount));
  nodes.back() = std::make_shared<const Node>(Node{new_leaf(group.random).leaf_node});
  RatchetTree tree = RatchetTree::from_nodes(nodes).value();
  EXPECT_EQ(tree.leaf_count(), kMaxLeafCount);
  EXPECT_EQ(tree.add(new_leaf(group.random).pointer()).value(), LeafIndex{0});
  nodes.push_back(nullptr);
  nodes.push_back(std::make_shared<const Node>(Node{new_leaf(group.random).leaf_node}));
  EXPECT_EQ(RatchetTree::from_nodes(nodes).error(), Error::kTooLarge);
}

// Caches, indices and shared nodes against a tree that was read anew; and a copy of each tree on
// the way, which has to stay what it was.
TEST(RatchetTreeChanges, AgreeWithATreeReadAnewAfterEveryRandomChange) {
  SampleGroup group(5, 7);
  std::vector<std::pair<RatchetTree, Snapshot>> copies;
  for (int step = 0; step < 150; ++step) {
    RatchetTree& tree = group.tree;
    std::vector<LeafIndex> members = tree.members();
    LeafIndex sender = members[group.random.below(members.size())];
    LeafIndex other = members[group.random.below(members.size())];
    bool remove = group.random.below(2) == 0 && other != sender;
    if (group.random.below(3) == 0) {
      MembershipChanges changes;
      if (remove) changes.updates = {{other, new_leaf(group.random).pointer()}};
      changes.adds = {new_leaf(group.random).pointer(), new_leaf(group.random).pointer()};
      ASSERT_TRUE(tree.apply(changes));
      group.members.clear();  // nobody has these keys: from here on only the committer's matter
    }
    if (group.members.count(sender) == 0) {
      NewLeaf again = new_leaf(group.random);
      ASSERT_TRUE(tree.update(sender, again.pointer()));
      group.members.insert_or_assign(
          sender, SampleGroup::Member{std::move(again.signer),
                                      TreePrivateKeys(sender, std::move(again.encryption_key))});
    }
    group.commit(sender, remove ? std::vector<LeafIndex>{other} : std::vector<LeafIndex>{},
                 group.random.below(2), false);

    RatchetTree anew = rebuilt(tree);
    ASSERT_EQ(anew.encode(), tree.encode());
    ASSERT_EQ(anew.tree_hash(), tree.tree_hash());
    ASSERT_EQ(anew.member_count(), tree.member_count());
    ASSERT_EQ(anew.capabilities().supporting(CredentialType::kBasic), tree.member_count());
    ASSERT_EQ(tree.capabilities().supporting(CredentialType::kBasic), tree.member_count());
    for (std::uint32_t i = 0; i < node_count(tree.leaf_count()); ++i) {
      if (tree.is_blank({i})) continue;
      ASSERT_EQ(tree.find_encryption_key(tree.encryption_key({i})), NodeIndex{i});
    }
    ASSERT_TRUE(check_unmerged_leaves(tree));
    ASSERT_TRUE(check_parent_hashes(tree));
    copies.emplace_back(tree, Snapshot(tree));
  }
  for (const auto& [copy, snapshot] : copies) ASSERT_EQ(Snapshot(copy), snapshot);
}

}  // namespace
}  // namespace sotto::mls::test
