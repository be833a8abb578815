// Parent hashes (RFC 9420 section 7.9): each node of a filtered direct path holds the hash of the
// next one above, which covers that one's key and what its path secret was not sealed for anew.
#pragma once

#include <span>
#include <vector>

#include "base/bytes.h"
#include "mls/keys/suite.h"
#include "mls/tree/ratchet_tree.h"

namespace sotto::mls {

// The hash of
//   encryption_key<V> | parent_hash<V> | original_sibling_tree_hash<V>
HashValue parent_hash(const ParentNode& parent, const HashValue& original_sibling_tree_hash);

// The parents of a fresh path, from the leaf's side up, without unmerged leaves, and what the
// leaf's own parent_hash has to be ("" when nobody else is in the tree).
struct ParentHashChain {
  std::vector<ParentPointer> parents;
  Bytes leaf_parent_hash;
};

// `keys` beside `filtered_direct_path`, which is the tree's for that leaf.
ParentHashChain chain_parent_hashes(const RatchetTree& tree,
                                    std::span<const FilteredNode> filtered_direct_path,
                                    std::span<const ByteView> keys);

}  // namespace sotto::mls
