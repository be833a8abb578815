#include "mls/tree/parent_hash.h"

#include "mls/keys/hash.h"
#include "shared/mls/tree/sample_group.h"

namespace sotto::mls::test {
namespace {

TEST(ParentHash, FollowsItsDefinition) {
  ParentNode parent{Bytes(32, 1), Bytes(32, 2), {{5}}};
  HashValue sibling;
  sibling.fill(3);
  Bytes input = {32};
  input.insert(input.end(), 32, 1);
  input.push_back(32);
  input.insert(input.end(), 32, 2);
  input.push_back(32);
  input.insert(input.end(), 32, 3);
  EXPECT_EQ(parent_hash(parent, sibling), hash({input}));
}

TEST(ParentHash, ChainsFromTheRootWhichHasNoneToTheLeaf) {
  SampleGroup group(8);
  std::vector<FilteredNode> path = group.tree.filtered_direct_path({2});
  std::vector<std::vector<std::uint8_t>> keys;
  for (std::size_t i = 0; i < path.size(); ++i) keys.push_back(group.random.bytes(32));
  std::vector<ByteView> views(keys.begin(), keys.end());
  ParentHashChain chain = chain_parent_hashes(group.tree, path, views);
  ASSERT_EQ(chain.parents.size(), 3u);
  EXPECT_TRUE(chain.parents[2]->parent_hash.empty());
  for (std::size_t i = 0; i < 3; ++i) {
    HashValue expected = parent_hash(*chain.parents[i], group.tree.tree_hash(path[i].copath_child));
    const Bytes& below = i == 0 ? chain.leaf_parent_hash : chain.parents[i - 1]->parent_hash;
    EXPECT_TRUE(equal(below, expected));
    EXPECT_TRUE(equal(chain.parents[i]->encryption_key, keys[i]));
    EXPECT_TRUE(chain.parents[i]->unmerged_leaves.empty());
  }
}

TEST(ParentHash, OfALoneMembersLeafIsEmpty) {
  SampleGroup group(1);
  ParentHashChain chain = chain_parent_hashes(group.tree, {}, {});
  EXPECT_TRUE(chain.parents.empty());
  EXPECT_TRUE(chain.leaf_parent_hash.empty());
}

}  // namespace
}  // namespace sotto::mls::test
