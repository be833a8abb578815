// Whether the parents of a whole tree were put there by members below them: parent-hash validity
// (RFC 9420 section 7.9.2).
#pragma once

#include "base/result.h"
#include "mls/tree/ratchet_tree.h"

namespace sotto::mls {

// Every entry of unmerged_leaves is a leaf below that is not blank, and every node in between that
// is not blank has it, too (section 12.4.3.1).
Result<void> check_unmerged_leaves(const RatchetTree& tree);

// Every parent is parent-hash valid. check_unmerged_leaves() comes first: the bound on the work, at
// most O(n log n) hashes, rests on it.
Result<void> check_parent_hashes(const RatchetTree& tree);

}  // namespace sotto::mls
