#include "mls/tree/tree_hash.h"

#include "mls/keys/hash.h"
#include "shared/mls/tree/sample_group.h"

namespace sotto::mls::test {
namespace {

// Section 7.8 word for word, without a cache and without Subtree.
HashValue tree_hash_by_definition(const RatchetTree& tree, NodeIndex node) {
  Writer input;
  if (is_leaf(node)) {
    input.u8(1);
    input.u32(leaf_of(node).value);
    input.u8(tree.is_blank(node) ? 0 : 1);
    if (!tree.is_blank(node)) write(input, *tree.leaf(leaf_of(node)));
  } else {
    input.u8(2);
    input.u8(tree.is_blank(node) ? 0 : 1);
    if (!tree.is_blank(node)) write(input, *tree.parent(node));
    input.opaque(tree_hash_by_definition(tree, left(node)));
    input.opaque(tree_hash_by_definition(tree, right(node)));
  }
  return hash({std::move(input).take()});
}

void expect_hashes_by_definition(const RatchetTree& tree) {
  for (std::uint32_t i = 0; i < node_count(tree.leaf_count()); ++i) {
    ASSERT_EQ(tree.tree_hash({i}), tree_hash_by_definition(tree, {i})) << i;
  }
}

TEST(TreeHash, FollowsItsDefinitionAtEveryNode) {
  SampleGroup group(11);
  expect_hashes_by_definition(group.tree);
  group.warm_up();
  expect_hashes_by_definition(group.tree);
  group.commit({3}, {LeafIndex{9}, LeafIndex{4}}, 1, false);
  expect_hashes_by_definition(group.tree);
  ASSERT_TRUE(group.tree.add(new_leaf(group.random).pointer()));
  expect_hashes_by_definition(group.tree);
}

TEST(TreeHash, TellsPlacesApartWhereAllIsBlank) {
  SampleGroup group(17);
  RatchetTree& tree = group.tree;
  EXPECT_EQ(tree.leaf_count(), 32u);
  expect_hashes_by_definition(tree);  // node 51 and below: nothing but blanks
  EXPECT_NE(tree.tree_hash({49}), tree.tree_hash({53}));
  ASSERT_TRUE(tree.add(new_leaf(group.random).pointer()));
  expect_hashes_by_definition(tree);
}

TEST(TreeHash, OfOneChangeHashesOnlyWhatLiesAboveIt) {
  SampleGroup group(256);
  group.tree.tree_hash();
  RatchetTree changed = group.tree;
  ASSERT_TRUE(changed.update({77}, new_leaf(group.random).pointer()));
  std::size_t fresh = 0;
  for (std::uint32_t i = 0; i < node_count(256); ++i) {
    fresh += !find_subtree(changed.subtree(), changed.root(), {i}).hashed;
  }
  EXPECT_EQ(fresh, 9u);  // the leaf and its 8 parents
}

}  // namespace
}  // namespace sotto::mls::test
