#include "mls/tree/parent_hash.h"

#include "mls/keys/hash.h"
#include "mls/wire/writer.h"

namespace sotto::mls {

HashValue parent_hash(const ParentNode& parent, const HashValue& original_sibling_tree_hash) {
  Writer input;
  input.reserve(3 * (kNh + 1));
  input.opaque(parent.encryption_key);
  input.opaque(parent.parent_hash);
  input.opaque(original_sibling_tree_hash);
  return hash({std::move(input).take()});
}

// From the root down. A fresh parent has no unmerged leaves, so the sibling's tree is the original.
ParentHashChain chain_parent_hashes(const RatchetTree& tree,
                                    std::span<const FilteredNode> filtered_direct_path,
                                    std::span<const ByteView> keys) {
  ParentHashChain chain;
  chain.parents.resize(keys.size());
  for (std::size_t i = keys.size(); i-- > 0;) {
    auto parent = std::make_shared<ParentNode>();
    parent->encryption_key = to_bytes(keys[i]);
    parent->parent_hash = std::move(chain.leaf_parent_hash);
    HashValue next = parent_hash(*parent, tree.tree_hash(filtered_direct_path[i].copath_child));
    chain.leaf_parent_hash = to_bytes(next);
    chain.parents[i] = std::move(parent);
  }
  return chain;
}

}  // namespace sotto::mls
