#include "mls/wire/ratchet_tree_node.h"

#include "shared/mls/wire/samples.h"
#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

using test::error_of;

NodePointer leaf() {
  return std::make_shared<Node>(Node{SharedValue(test::sample_leaf_node())});
}

NodePointer parent(std::vector<LeafIndex> unmerged_leaves = {}) {
  return std::make_shared<Node>(
      Node{ParentNode{test::rising(1), test::rising(2), std::move(unmerged_leaves)}});
}

TEST(RatchetTreeExtension, EncodesToTheVeryBytesItCameFrom) {
  RatchetTreeExtension tree{
      {leaf(), nullptr, leaf(), parent({{0}, {1}}), nullptr, parent(), leaf()}};
  test::expect_strict(tree);
  auto decoded = decode<RatchetTreeExtension>(encode(tree));
  ASSERT_EQ(decoded->ratchet_tree.size(), 7u);
  for (std::size_t i = 0; i < 7; ++i) {
    ASSERT_EQ(decoded->ratchet_tree[i] == nullptr, tree.ratchet_tree[i] == nullptr);
    if (!tree.ratchet_tree[i]) continue;
    EXPECT_EQ(*decoded->ratchet_tree[i], *tree.ratchet_tree[i]);
  }
}

TEST(RatchetTreeExtension, RefusesABlankNodeAtItsEnd) {
  EXPECT_EQ(error_of<RatchetTreeExtension>(encode(RatchetTreeExtension{{leaf(), nullptr}})),
            Error::kMalformed);
  EXPECT_EQ(error_of<RatchetTreeExtension>(encode(RatchetTreeExtension{})), Error::kMalformed)
      << "there is no last node that is not blank";
}

TEST(RatchetTreeExtension, RefusesNodesAtPlacesOfTheOtherKind) {
  EXPECT_EQ(error_of<RatchetTreeExtension>(encode(RatchetTreeExtension{{leaf(), leaf()}})),
            Error::kMalformed);
  EXPECT_EQ(error_of<RatchetTreeExtension>(encode(RatchetTreeExtension{{parent()}})),
            Error::kMalformed);
}

TEST(RatchetTreeExtension, RefusesAPresenceOrATypeThatIsNone) {
  for (const char* text : {"020201", "020100", "020103"}) {
    EXPECT_EQ(error_of<RatchetTreeExtension>(test::from_hex(text)), Error::kMalformed) << text;
  }
}

TEST(ParentNode, RefusesUnmergedLeavesThatDoNotRise) {
  ParentNode node{{1}, {2}, {{3}, {4}}};
  test::expect_strict(node);
  for (std::vector<LeafIndex> leaves : {std::vector<LeafIndex>{{4}, {3}}, {{3}, {3}}}) {
    node.unmerged_leaves = leaves;
    EXPECT_EQ(error_of<ParentNode>(encode(node)), Error::kMalformed);
  }
}

}  // namespace
}  // namespace sotto::mls
