#include "mls/wire/codec.h"
#include "shared/mls/tree/sample_group.h"

namespace sotto::mls::test {
namespace {

NodePointer leaf_at(RandomSource& random) {
  return std::make_shared<const Node>(Node{new_leaf(random).leaf_node});
}
NodePointer parent_with(Bytes key, std::vector<LeafIndex> unmerged = {}) {
  return std::make_shared<const Node>(Node{ParentNode{std::move(key), {}, std::move(unmerged)}});
}

TEST(RatchetTreeCodec, ReadsBackWhatItWrote) {
  SampleGroup group(13);
  group.warm_up();
  group.commit({2}, {LeafIndex{5}, LeafIndex{12}}, 0, false);
  ASSERT_TRUE(group.tree.add(new_leaf(group.random).pointer()));
  Bytes encoded = group.tree.encode();
  RatchetTree read = RatchetTree::decode(encoded).value();
  EXPECT_EQ(read.encode(), encoded);
  EXPECT_EQ(read.tree_hash(), group.tree.tree_hash());
  EXPECT_EQ(read.members(), group.tree.members());
}

TEST(RatchetTreeCodec, LeavesOutTheBlankNodesAtTheEndAndPutsThemBack) {
  SampleGroup group(5);
  auto extension = decode<RatchetTreeExtension>(group.tree.encode()).value();
  EXPECT_EQ(extension.ratchet_tree.size(), 9u);
  EXPECT_EQ(RatchetTree::from_nodes(extension.ratchet_tree)->leaf_count(), 8u);
  extension.ratchet_tree.push_back(nullptr);
  EXPECT_EQ(RatchetTree::from_nodes(extension.ratchet_tree).error(), Error::kMalformed);
}

TEST(RatchetTreeCodec, RefusesATreeWithoutAMember) {
  SeededRandom random;
  EXPECT_EQ(RatchetTree::from_nodes({}).error(), Error::kMalformed);
  std::vector<NodePointer> nodes = {nullptr, parent_with(to_bytes(random.bytes(32)))};
  EXPECT_EQ(RatchetTree::from_nodes(nodes).error(), Error::kMalformed);
}

TEST(RatchetTreeCodec, RefusesALeafInAParentsPlaceAndTheReverse) {
  SeededRandom random;
  std::vector<NodePointer> nodes = {leaf_at(random), leaf_at(random), leaf_at(random)};
  EXPECT_EQ(RatchetTree::from_nodes(nodes).error(), Error::kMalformed);
  nodes = {leaf_at(random), nullptr, parent_with(to_bytes(random.bytes(32)))};
  EXPECT_EQ(RatchetTree::from_nodes(nodes).error(), Error::kMalformed);
}

TEST(RatchetTreeCodec, RefusesAKeyThatStandsTwice) {
  SeededRandom random;
  NewLeaf a = new_leaf(random), b = new_leaf(random);
  std::vector<NodePointer> nodes = {std::make_shared<const Node>(Node{a.leaf_node}),
                                    parent_with(to_bytes(random.bytes(32))),
                                    std::make_shared<const Node>(Node{b.leaf_node})};
  ASSERT_TRUE(RatchetTree::from_nodes(nodes));
  nodes[1] = parent_with(a.leaf_node.encryption_key);
  EXPECT_EQ(RatchetTree::from_nodes(nodes).error(), Error::kAlreadyExists);
  nodes[1] = nullptr;
  LeafNode same_signer = b.leaf_node;
  same_signer.signature_key = a.leaf_node.signature_key;
  nodes[2] = std::make_shared<const Node>(Node{same_signer});
  EXPECT_EQ(RatchetTree::from_nodes(nodes).error(), Error::kAlreadyExists);
}

TEST(RatchetTreeCodec, RefusesKeysThatAreNoneAndUnmergedLeavesThatDoNotRise) {
  SeededRandom random;
  std::vector<NodePointer> nodes = {leaf_at(random), parent_with(Bytes(31, 1)), leaf_at(random)};
  EXPECT_EQ(RatchetTree::from_nodes(nodes).error(), Error::kMalformed);
  nodes[1] = parent_with(Bytes(32, 0));
  EXPECT_EQ(RatchetTree::from_nodes(nodes).error(), Error::kMalformed);
  nodes[1] = parent_with(to_bytes(random.bytes(32)), {{1}, {0}});
  EXPECT_EQ(RatchetTree::from_nodes(nodes).error(), Error::kMalformed);
  nodes[1] = parent_with(to_bytes(random.bytes(32)), {{1}, {1}});
  EXPECT_EQ(RatchetTree::from_nodes(nodes).error(), Error::kMalformed);
  nodes[1] = parent_with(to_bytes(random.bytes(32)), {{0}, {1}});
  EXPECT_TRUE(RatchetTree::from_nodes(nodes));
}

}  // namespace
}  // namespace sotto::mls::test
