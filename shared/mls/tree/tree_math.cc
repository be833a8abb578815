#include "mls/tree/tree_math.h"

namespace sotto::mls {

std::vector<NodeIndex> direct_path(LeafIndex leaf, std::uint32_t leaf_count) {
  std::vector<NodeIndex> path;
  for (NodeIndex node = node_of(leaf); node != root(leaf_count);) {
    node = parent(node);
    path.push_back(node);
  }
  return path;
}

}  // namespace sotto::mls
