#include "mls/tree/ratchet_tree.h"

#include "shared/mls/tree/sample_group.h"

namespace sotto::mls::test {
namespace {

// The figure of section 4.1.1: X holds A and B, B being unmerged; C is blank; Y holds E and F; G is
// blank.
RatchetTree tree_of_the_resolution_figure() {
  SeededRandom random(3);
  std::vector<NodePointer> nodes(15);
  for (std::uint32_t leaf : {0, 1, 3, 4, 5, 7}) {
    nodes[2 * leaf] = std::make_shared<const Node>(Node{new_leaf(random).leaf_node});
  }
  nodes[1] = std::make_shared<const Node>(Node{ParentNode{to_bytes(random.bytes(32)), {}, {{1}}}});
  nodes[9] = std::make_shared<const Node>(Node{ParentNode{to_bytes(random.bytes(32)), {}, {}}});
  return RatchetTree::from_nodes(nodes).value();
}

TEST(RatchetTree, ResolvesTheTreeOfTheFigure) {
  RatchetTree tree = tree_of_the_resolution_figure();
  EXPECT_EQ(tree.resolution({1}), (std::vector<NodeIndex>{{1}, {2}}));
  EXPECT_TRUE(tree.resolution({4}).empty());
  EXPECT_TRUE(tree.resolution({12}).empty());
  EXPECT_EQ(tree.resolution({7}), (std::vector<NodeIndex>{{1}, {2}, {6}, {9}, {14}}));
}

TEST(RatchetTree, LeavesNewMembersOutOfAResolution) {
  RatchetTree tree = tree_of_the_resolution_figure();
  std::vector<LeafIndex> added = {{1}, {7}};
  EXPECT_EQ(tree.resolution_without({7}, added), (std::vector<NodeIndex>{{1}, {6}, {9}}));
}

TEST(RatchetTree, StopsResolvingPastWhatIsWanted) {
  RatchetTree tree = tree_of_the_resolution_figure();
  EXPECT_EQ(tree.resolution({7}, 2).size(), 3u);
  EXPECT_EQ(tree.resolution({7}, 5).size(), 5u);
}

TEST(RatchetTree, FiltersDirectPathsOfNodesThatWouldServeNobody) {
  RatchetTree tree = tree_of_the_resolution_figure();
  std::vector<NodeIndex> nodes, copath;
  for (FilteredNode step : tree.filtered_direct_path({7})) {
    nodes.push_back(step.node);
    copath.push_back(step.copath_child);
  }
  EXPECT_EQ(nodes, (std::vector<NodeIndex>{{11}, {7}}));  // not 13: leaf 6 is blank
  EXPECT_EQ(copath, (std::vector<NodeIndex>{{9}, {3}}));
}

TEST(RatchetTree, FindsMembersByTheirKeys) {
  SampleGroup group(20);
  group.commit({5}, {}, 0, false);
  for (LeafIndex leaf : group.tree.members()) {
    const LeafNode& node = *group.tree.leaf(leaf);
    EXPECT_EQ(group.tree.find_signature_key(node.signature_key), leaf);
    EXPECT_EQ(group.tree.find_encryption_key(node.encryption_key), node_of(leaf));
  }
  NodeIndex root = group.tree.root();
  EXPECT_EQ(group.tree.find_encryption_key(group.tree.parent(root)->encryption_key), root);
  EXPECT_FALSE(group.tree.find_signature_key(group.random.bytes(32)));
  EXPECT_FALSE(group.tree.find_signature_key({}));
}

TEST(RatchetTree, IsBlankOutsideOfItself) {
  SampleGroup group(3);
  EXPECT_EQ(group.tree.leaf_count(), 4u);
  for (std::uint32_t far : {3u, 4u, 1000u, 0x80000000u, 0xffffffffu}) {
    EXPECT_EQ(group.tree.leaf({far}), nullptr) << far;
    EXPECT_TRUE(group.tree.filtered_direct_path({std::max(far, 4u)}).empty()) << far;
  }
  for (std::uint32_t far : {6u, 7u, 1000u, 0xffffffffu}) {
    EXPECT_TRUE(group.tree.is_blank({far})) << far;
    EXPECT_EQ(group.tree.parent({far}), nullptr) << far;
    EXPECT_TRUE(group.tree.resolution({far}).empty()) << far;
    EXPECT_TRUE(group.tree.encryption_key({far}).empty()) << far;
  }
}

TEST(RatchetTree, KnowsWhatAllMembersSupport) {
  SampleGroup group(5);
  constexpr auto kNew = static_cast<ExtensionType>(0xf5a0);
  EXPECT_TRUE(group.tree.all_support(CredentialType::kBasic));
  EXPECT_FALSE(group.tree.all_support(CredentialType::kX509));
  EXPECT_TRUE(group.tree.all_support(ProposalType::kReInit));
  EXPECT_FALSE(group.tree.all_support(static_cast<ProposalType>(0x0a0a)));
  EXPECT_TRUE(group.tree.all_support(ExtensionType::kApplicationId));
  EXPECT_FALSE(group.tree.all_support(kNew));
  for (LeafIndex leaf : group.tree.members()) {
    NewLeaf next = new_leaf(group.random);
    next.leaf_node.capabilities.extensions = {kNew};
    EXPECT_FALSE(group.tree.all_support(kNew));
    ASSERT_TRUE(group.tree.update(leaf, next.pointer()));
  }
  EXPECT_TRUE(group.tree.all_support(kNew));
}

}  // namespace
}  // namespace sotto::mls::test
