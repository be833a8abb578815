#include "mls/tree/tree_validation.h"

namespace sotto::mls {

Result<void> check_credential_types(const RatchetTree& tree) {
  for (CredentialType type : tree.capabilities().credentials_in_use()) {
    if (!tree.all_support(type)) return fail(Error::kUnsupported);
  }
  return {};
}

Result<void> validate_tree(const RatchetTree& tree, const LeafRules& rules) {
  std::vector<LeafIndex> members = tree.members();
  for (LeafIndex leaf : members) TRY_VOID(check_leaf_fields(*tree.leaf(leaf), rules));
  TRY_VOID(check_credential_types(tree));
  TRY_VOID(check_unmerged_leaves(tree));
  TRY_VOID(check_parent_hashes(tree));
  Ed25519Many signatures;
  for (LeafIndex leaf : members) {
    TRY_VOID(add_leaf_signature(signatures, *tree.leaf(leaf), leaf, rules));
  }
  TRY_VOID(signatures.finish());
  if (rules.policy == nullptr) return {};
  for (LeafIndex leaf : members) {
    TRY_VOID(rules.policy->check_credential(*tree.leaf(leaf), signatures));
  }
  return signatures.finish();
}

Result<void> validate_changes(const RatchetTree& tree, std::span<const LeafIndex> changed,
                              const LeafRules& rules) {
  for (LeafIndex leaf : changed) {
    if (tree.leaf(leaf) == nullptr) return fail(Error::kInvalidArgument);
    TRY_VOID(check_leaf_fields(*tree.leaf(leaf), rules));
  }
  return check_credential_types(tree);
}

}  // namespace sotto::mls
