// Whether a ratchet tree may be a group's (RFC 9420 sections 7.3, 7.9.2 and 12.4.3.1).
//
// A RatchetTree has unique keys and rising unmerged_leaves by construction; everything else is
// here. Costs at most O(n log n) hashes, whatever the tree, and one signature check a leaf.
#pragma once

#include <span>

#include "base/result.h"
#include "mls/tree/leaf_validation.h"
#include "mls/tree/parent_hash_check.h"
#include "mls/tree/ratchet_tree.h"

namespace sotto::mls {

// Of a tree that a joiner was given. That its tree_hash() is the GroupContext's, the caller checks
// first: it is cheaper.
Result<void> validate_tree(const RatchetTree& tree, const LeafRules& rules);

// Of a tree that a commit made out of a valid one: `changed` are the leaves that it added or
// replaced, each already validated by validate_leaf() when its proposal or path was. What is left
// is what the members' capabilities say of each other and of the group's rules; if those changed
// (GroupContextExtensions), name every member.
Result<void> validate_changes(const RatchetTree& tree, std::span<const LeafIndex> changed,
                              const LeafRules& rules);

// Every credential type in use is one that all members support (section 7.3).
Result<void> check_credential_types(const RatchetTree& tree);

}  // namespace sotto::mls
