// The nodes of a ratchet tree (RFC 9420 sections 7.1 and 12.4.3.3).
#pragma once

#include <memory>
#include <variant>
#include <vector>

#include "mls/wire/leaf_node.h"
#include "mls/wire/shared_value.h"

namespace sotto::mls {

struct ParentNode {
  HpkePublicKey encryption_key;
  Bytes parent_hash;
  std::vector<LeafIndex> unmerged_leaves;  // rising
  friend bool operator==(const ParentNode&, const ParentNode&) = default;
};

// Immutable once in a tree, so that trees of different epochs share it.
struct Node {
  std::variant<SharedValue<LeafNode>, ParentNode> body;

  NodeType node_type() const { return body.index() == 0 ? NodeType::kLeaf : NodeType::kParent; }
  const LeafNode* leaf_node() const {
    auto* shared = std::get_if<0>(&body);
    return shared != nullptr ? &**shared : nullptr;
  }
  const ParentNode* parent_node() const { return std::get_if<1>(&body); }
  friend bool operator==(const Node&, const Node&) = default;
};

// optional<Node>: null is blank.
using NodePointer = std::shared_ptr<const Node>;

// The extension ratchet_tree: the nodes in the order of their NodeIndex, up to the last one that is
// not blank. Reading refuses a blank one there, a leaf at a parent's place and the reverse, and
// unmerged_leaves that do not rise.
struct RatchetTreeExtension {
  static constexpr ExtensionType kType = ExtensionType::kRatchetTree;
  std::vector<NodePointer> ratchet_tree;
};

void read(Reader& in, ParentNode& node);
void write(Writer& out, const ParentNode& node);
void read(Reader& in, Node& node);
void write(Writer& out, const Node& node);
void read(Reader& in, RatchetTreeExtension& extension);
void write(Writer& out, const RatchetTreeExtension& extension);

}  // namespace sotto::mls
