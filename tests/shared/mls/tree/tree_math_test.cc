#include "mls/tree/tree_math.h"

#include <gtest/gtest.h>

namespace sotto::mls {
namespace {

TEST(TreeMath, RelatesTheNodesOfATreeOfFourLeaves) {
  EXPECT_EQ(node_count(4), 7u);
  EXPECT_EQ(root(4), NodeIndex{3});
  EXPECT_EQ(left({3}), NodeIndex{1});
  EXPECT_EQ(right({3}), NodeIndex{5});
  EXPECT_EQ(left({5}), NodeIndex{4});
  EXPECT_EQ(right({5}), NodeIndex{6});
  EXPECT_EQ(parent({4}), NodeIndex{5});
  EXPECT_EQ(sibling({4}), NodeIndex{6});
  EXPECT_EQ(sibling({1}), NodeIndex{5});
  EXPECT_EQ(level({3}), 2);
}

TEST(TreeMath, GoesFromALeafToTheRoot) {
  EXPECT_EQ(direct_path({2}, 4), (std::vector<NodeIndex>{{5}, {3}}));
  EXPECT_TRUE(direct_path({0}, 1).empty());
}

TEST(TreeMath, AgreesWithItselfAtEveryNodeOfAWideTree) {
  constexpr std::uint32_t kLeaves = 1024;
  for (std::uint32_t i = 0; i < node_count(kLeaves); ++i) {
    NodeIndex node{i};
    if (node != root(kLeaves)) {
      ASSERT_EQ(parent(sibling(node)), parent(node));
      ASSERT_NE(sibling(node), node);
    }
    if (is_leaf(node)) {
      ASSERT_EQ(node_of(leaf_of(node)), node);
      ASSERT_EQ(leaf_width(node), 1u);
      continue;
    }
    ASSERT_EQ(parent(left(node)), node);
    ASSERT_EQ(parent(right(node)), node);
    ASSERT_EQ(sibling(left(node)), right(node));
    ASSERT_EQ(first_leaf(left(node)), first_leaf(node));
    ASSERT_EQ(first_leaf(right(node)).value, first_leaf(node).value + leaf_width(node) / 2);
  }
}

TEST(TreeMath, FindsTheLowestNodeAboveTwoLeaves) {
  constexpr std::uint32_t kLeaves = 64;
  for (std::uint32_t a = 0; a < kLeaves; ++a) {
    for (std::uint32_t b = 0; b < kLeaves; ++b) {
      NodeIndex node = common_ancestor({a}, {b});
      ASSERT_TRUE(covers(node, {a}) && covers(node, {b}));
      if (a == b) {
        ASSERT_EQ(node, node_of({a}));
      } else {
        ASSERT_NE(covers(left(node), {a}), covers(left(node), {b}));
      }
    }
  }
}

}  // namespace
}  // namespace sotto::mls
