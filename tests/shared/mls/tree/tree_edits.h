// A tree as whoever made it up would send it.
#pragma once

#include <functional>

#include "mls/tree/ratchet_tree.h"
#include "mls/wire/codec.h"

namespace sotto::mls::test {

inline std::vector<NodePointer> nodes_of(const RatchetTree& tree) {
  return decode<RatchetTreeExtension>(tree.encode()).value().ratchet_tree;
}

// The same tree with another parent there; it is blank or not.
inline RatchetTree with_parent(const RatchetTree& tree, NodeIndex node,
                               const std::function<void(ParentNode&)>& edit) {
  std::vector<NodePointer> nodes = nodes_of(tree);
  ParentNode parent;
  if (nodes[node.value] != nullptr) parent = *nodes[node.value]->parent_node();
  edit(parent);
  nodes[node.value] = std::make_shared<const Node>(Node{std::move(parent)});
  return RatchetTree::from_nodes(nodes).value();
}

inline RatchetTree with_leaf(const RatchetTree& tree, LeafIndex leaf,
                             const std::function<void(LeafNode&)>& edit) {
  std::vector<NodePointer> nodes = nodes_of(tree);
  LeafNode edited = *nodes[2 * leaf.value]->leaf_node();
  edit(edited);
  nodes[2 * leaf.value] = std::make_shared<const Node>(Node{std::move(edited)});
  return RatchetTree::from_nodes(nodes).value();
}

}  // namespace sotto::mls::test
