#include "mls/tree/tree_validation.h"

#include "shared/mls/tree/sample_group.h"
#include "shared/mls/tree/tree_edits.h"

namespace sotto::mls::test {
namespace {

// Counts the leaves whose signature it is asked about, and knows none.
class CountingPolicy : public LeafPolicy {
 public:
  Result<void> check_credential(const LeafNode&, Ed25519Many&) override {
    ++credentials;
    return {};
  }
  bool signature_known(const LeafNode&, LeafIndex) override {
    ++signatures;
    return false;
  }
  int credentials = 0;
  int signatures = 0;
};

TEST(TreeValidation, AcceptsAJoinedTreeAndLooksAtEachLeafOnce) {
  SampleGroup group(12);
  group.warm_up();
  group.commit({3}, {LeafIndex{6}}, 2, false);
  CountingPolicy policy;
  LeafRules rules = group.rules();
  rules.policy = &policy;
  EXPECT_TRUE(validate_tree(RatchetTree::decode(group.tree.encode()).value(), rules));
  EXPECT_EQ(policy.signatures, 13);
  EXPECT_EQ(policy.credentials, 13);
}

TEST(TreeValidation, RefusesOneForgedLeafAmongMany) {
  SampleGroup group(12);
  for (LeafIndex leaf : {LeafIndex{0}, LeafIndex{7}, LeafIndex{11}}) {
    RatchetTree forged = with_leaf(group.tree, leaf, [](LeafNode& edited) {
      edited.credential = basic_credential(as_bytes("Mallory"));
    });
    EXPECT_EQ(validate_tree(forged, group.rules()).error(), Error::kUnauthenticated);
  }
}

TEST(TreeValidation, RefusesALeafMovedToAnotherPlaceOrGroup) {
  SampleGroup group(4);
  group.commit({0}, {}, 0, false);
  LeafRules rules = group.rules();
  EXPECT_TRUE(validate_tree(group.tree, rules));
  rules.group_id.push_back('x');
  EXPECT_EQ(validate_tree(group.tree, rules).error(), Error::kUnauthenticated);

  std::vector<NodePointer> nodes = nodes_of(group.tree);
  nodes[1] = nodes[3] = nullptr;
  std::swap(nodes[0], nodes[2]);
  RatchetTree moved = RatchetTree::from_nodes(nodes).value();
  EXPECT_EQ(validate_tree(moved, group.rules()).error(), Error::kUnauthenticated);
}

TEST(TreeValidation, RefusesForgedParentsAndUnmergedLeaves) {
  SampleGroup group(8);
  group.warm_up();
  RatchetTree forged = with_parent(group.tree, {11}, [&](ParentNode& parent) {
    parent.encryption_key = to_bytes(group.random.bytes(32));
  });
  EXPECT_EQ(validate_tree(forged, group.rules()).error(), Error::kUnauthenticated);
  forged =
      with_parent(group.tree, {11}, [&](ParentNode& parent) { parent.unmerged_leaves = {{1}}; });
  EXPECT_EQ(validate_tree(forged, group.rules()).error(), Error::kMalformed);
}

TEST(TreeValidation, WantsEveryCredentialTypeInUseSupportedByAll) {
  SampleGroup group(4);
  NewLeaf other = new_leaf(group.random);
  other.leaf_node.credential = {CredentialType::kX509, {}, {{Bytes{1}}}};
  other.leaf_node.capabilities.credentials = {CredentialType::kBasic, CredentialType::kX509};
  other.leaf_node.signature =
      sign_with_label(other.signer, "LeafNodeTBS", leaf_node_tbs(other.leaf_node, {}, {}));
  LeafIndex added = group.tree.add(other.pointer()).value();
  std::vector<LeafIndex> changed = {added};
  EXPECT_EQ(validate_tree(group.tree, group.rules()).error(), Error::kUnsupported);
  EXPECT_EQ(validate_changes(group.tree, changed, group.rules()).error(), Error::kUnsupported);
}

TEST(TreeValidation, WantsANewcomerToSupportTheCredentialsInUse) {
  SampleGroup group(4);
  NewLeaf other = new_leaf(group.random);
  other.leaf_node.credential = {CredentialType::kX509, {}, {}};
  other.leaf_node.capabilities.credentials = {CredentialType::kX509};
  ASSERT_TRUE(group.tree.add(other.pointer()));
  EXPECT_EQ(check_credential_types(group.tree).error(), Error::kUnsupported);
}

TEST(TreeValidation, ChecksChangedLeavesAgainstTheGroupsRules) {
  SampleGroup group(4);
  LeafRules rules = group.rules();
  std::vector<LeafIndex> all = group.tree.members();
  EXPECT_TRUE(validate_changes(group.tree, all, rules));
  rules.group_extensions = {static_cast<ExtensionType>(0xf5a0)};
  EXPECT_TRUE(validate_changes(group.tree, {}, rules));
  EXPECT_EQ(validate_changes(group.tree, all, rules).error(), Error::kUnsupported);
  std::vector<LeafIndex> blank = {{7}};
  EXPECT_EQ(validate_changes(group.tree, blank, rules).error(), Error::kInvalidArgument);
}

}  // namespace
}  // namespace sotto::mls::test
