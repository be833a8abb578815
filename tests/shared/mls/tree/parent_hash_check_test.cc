#include "mls/tree/parent_hash_check.h"

#include "mls/tree/parent_hash.h"
#include "shared/mls/tree/sample_group.h"
#include "shared/mls/tree/tree_edits.h"

namespace sotto::mls::test {
namespace {

void expect_valid(const RatchetTree& tree) {
  EXPECT_TRUE(check_unmerged_leaves(tree));
  EXPECT_TRUE(check_parent_hashes(tree));
}
bool is_valid(const RatchetTree& tree) {
  return check_unmerged_leaves(tree) && check_parent_hashes(tree);
}

// A full tree of 8, of which leaf 5 was added after everybody had committed.
SampleGroup with_one_unmerged() {
  SampleGroup group(8);
  group.warm_up();
  EXPECT_TRUE(group.tree.remove({5}));
  group.commit({4}, {}, 0, false);
  group.commit({7}, {}, 0, false);
  EXPECT_EQ(group.tree.add(new_leaf(group.random).pointer()).value(), LeafIndex{5});
  return group;
}

TEST(ParentHashCheck, AcceptsTreesOfEverySizeThatGrewByCommits) {
  for (std::uint32_t size = 1; size <= 20; ++size) {
    SampleGroup group(size, size);
    expect_valid(group.tree);
    group.warm_up();
    expect_valid(group.tree);
    ASSERT_TRUE(group.tree.add(new_leaf(group.random).pointer()));
    expect_valid(group.tree);
    group.commit({0}, {}, 1, false);
    expect_valid(group.tree);
  }
}

TEST(ParentHashCheck, AcceptsUnmergedLeavesInEitherSubtreeOfAParent) {
  SampleGroup group = with_one_unmerged();
  EXPECT_EQ(group.tree.parent({11})->unmerged_leaves, std::vector<LeafIndex>{{5}});
  EXPECT_EQ(group.tree.parent({7})->unmerged_leaves, std::vector<LeafIndex>{{5}});
  expect_valid(group.tree);
}

// Section 7.9.2 asks that a leaf unmerged above be unmerged below, not the reverse: here a commit
// on the left has merged it at the root alone.
TEST(ParentHashCheck, AcceptsAncestorsWithDifferentUnmergedLeaves) {
  SampleGroup group = with_one_unmerged();
  group.commit({0}, {}, 0, false);
  EXPECT_TRUE(group.tree.parent({7})->unmerged_leaves.empty());
  EXPECT_EQ(group.tree.parent({11})->unmerged_leaves, std::vector<LeafIndex>{{5}});
  expect_valid(group.tree);
  ASSERT_TRUE(group.tree.remove({1}));
  ASSERT_TRUE(group.tree.add(new_leaf(group.random).pointer()));
  expect_valid(group.tree);
}

// Every parent above the lowest with half of its leaves unmerged.
TEST(ParentHashCheck, AcceptsManyUnmergedLeaves) {
  SampleGroup group(64);
  MembershipChanges changes;
  for (std::uint32_t i = 1; i < 64; i += 2) changes.removes.push_back({i});
  ASSERT_TRUE(group.tree.apply(changes));
  group.warm_up();
  changes = {};
  for (int i = 0; i < 32; ++i) changes.adds.push_back(new_leaf(group.random).pointer());
  ASSERT_TRUE(group.tree.apply(changes));
  EXPECT_EQ(group.tree.leaf_count(), 64u);
  EXPECT_EQ(group.tree.parent(group.tree.root())->unmerged_leaves.size(), 32u);
  expect_valid(group.tree);
}

TEST(ParentHashCheck, RefusesAParentKeyThatItsMembersDidNotPutThere) {
  SampleGroup group(8);
  group.warm_up();
  for (std::uint32_t node : {1, 3, 5, 7, 9, 11, 13}) {
    RatchetTree forged = with_parent(group.tree, {node}, [&](ParentNode& parent) {
      parent.encryption_key = to_bytes(group.random.bytes(32));
    });
    EXPECT_EQ(check_parent_hashes(forged).error(), Error::kUnauthenticated) << node;
  }
}

// A key of an outsider at a node that no path has filled: all below would seal to it.
TEST(ParentHashCheck, RefusesAParentWhereNobodyPutOne) {
  SampleGroup group(8);
  group.commit({0}, {}, 0, false);
  expect_valid(group.tree);
  for (std::uint32_t node : {5, 9, 11, 13}) {
    RatchetTree forged = with_parent(group.tree, {node}, [&](ParentNode& parent) {
      parent.encryption_key = to_bytes(group.random.bytes(32));
      if (node == 11) parent.unmerged_leaves = {{4}, {5}, {6}, {7}};
    });
    EXPECT_EQ(check_parent_hashes(forged).error(), Error::kUnauthenticated) << node;
  }
}

TEST(ParentHashCheck, RefusesAParentThatOnlyAnUnfoundedHashPointsTo) {
  SampleGroup group(4);
  group.commit({0}, {}, 0, false);
  // A chain that begins at a parent: its own hash is right, but no leaf points to it.
  RatchetTree forged = with_parent(group.tree, {5}, [&](ParentNode& parent) {
    parent.encryption_key = to_bytes(group.random.bytes(32));
    parent.parent_hash = to_bytes(parent_hash(*group.tree.parent({3}), group.tree.tree_hash({1})));
  });
  EXPECT_FALSE(is_valid(forged));
}

TEST(ParentHashCheck, RefusesUnmergedLeavesAddedOrLeftOut) {
  SampleGroup group = with_one_unmerged();
  for (std::uint32_t node : {7, 11}) {
    RatchetTree forged =
        with_parent(group.tree, {node}, [](ParentNode& parent) { parent.unmerged_leaves.clear(); });
    EXPECT_FALSE(is_valid(forged)) << node;
    forged = with_parent(group.tree, {node},
                         [](ParentNode& parent) { parent.unmerged_leaves.push_back({6}); });
    EXPECT_FALSE(is_valid(forged)) << node;
  }
  RatchetTree forged =
      with_parent(group.tree, {13}, [](ParentNode& parent) { parent.unmerged_leaves = {{6}}; });
  EXPECT_FALSE(is_valid(forged));
}

TEST(ParentHashCheck, RefusesUnmergedLeavesThatAreElsewhereBlankOrPassedOver) {
  SampleGroup group = with_one_unmerged();
  auto refused = [&](const RatchetTree& tree, NodeIndex node, std::vector<LeafIndex> unmerged) {
    RatchetTree forged =
        with_parent(tree, node, [&](ParentNode& parent) { parent.unmerged_leaves = unmerged; });
    Result<void> result = check_unmerged_leaves(forged);
    return !result && result.error() == Error::kMalformed;
  };
  EXPECT_TRUE(refused(group.tree, {11}, {{3}, {5}}));          // not below
  EXPECT_TRUE(refused(group.tree, {11}, {{5}, {8}}));          // in no tree
  EXPECT_TRUE(refused(group.tree, {7}, {{5}, {0xffffffff}}));  // in no tree
  EXPECT_TRUE(refused(group.tree, {7}, {{5}, {7}}));           // not in 11 or 13
  EXPECT_FALSE(refused(group.tree, {11}, {{5}}));
  RatchetTree tree = group.tree;
  ASSERT_TRUE(tree.remove({2}));
  group.tree = tree;
  group.commit({0}, {}, 0, false);
  EXPECT_TRUE(refused(group.tree, {3}, {{2}}));  // blank
}

}  // namespace
}  // namespace sotto::mls::test
