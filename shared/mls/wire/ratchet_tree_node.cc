#include "mls/wire/ratchet_tree_node.h"

#include "mls/wire/fields.h"

namespace sotto::mls {
namespace {

bool rise(const std::vector<LeafIndex>& leaves) {
  for (std::size_t i = 1; i < leaves.size(); ++i) {
    if (!(leaves[i - 1] < leaves[i])) return false;
  }
  return true;
}

NodePointer read_node(Reader& in) {
  auto node = std::make_shared<Node>();
  read(in, *node);
  return node;
}

}  // namespace

void read(Reader& in, ParentNode& node) {
  in.opaque(node.encryption_key);
  in.opaque(node.parent_hash);
  read_vector(in, node.unmerged_leaves);
  if (!rise(node.unmerged_leaves)) in.fail(Error::kMalformed);
}

void write(Writer& out, const ParentNode& node) {
  out.opaque(node.encryption_key);
  out.opaque(node.parent_hash);
  write_vector(out, node.unmerged_leaves);
}

void read(Reader& in, Node& node) {
  NodeType type{};
  read_closed(in, type, NodeType::kParent);
  if (type == NodeType::kParent) return read(in, node.body.emplace<ParentNode>());
  auto leaf_node = std::make_shared<LeafNode>();
  read(in, *leaf_node);
  node.body.emplace<SharedValue<LeafNode>>(std::move(leaf_node));
}

void write(Writer& out, const Node& node) {
  write(out, node.node_type());
  if (node.leaf_node() != nullptr) return write(out, *node.leaf_node());
  write(out, *node.parent_node());
}

void read(Reader& in, RatchetTreeExtension& extension) {
  std::vector<NodePointer>& nodes = extension.ratchet_tree;
  in.vector([&] {
    NodePointer node = in.present() ? read_node(in) : nullptr;
    NodeType expected = nodes.size() % 2 == 0 ? NodeType::kLeaf : NodeType::kParent;
    if (node != nullptr && node->node_type() != expected) in.fail(Error::kMalformed);
    // A blank node is one byte of input: room for growth is dear.
    if (nodes.size() == nodes.capacity()) nodes.reserve(nodes.size() + nodes.size() / 4 + 16);
    nodes.push_back(std::move(node));
  });
  if (nodes.empty() || nodes.back() == nullptr) in.fail(Error::kMalformed);
}

void write(Writer& out, const RatchetTreeExtension& extension) {
  out.vector([&] {
    for (const NodePointer& node : extension.ratchet_tree) {
      out.u8(node != nullptr ? 1 : 0);
      if (node != nullptr) write(out, *node);
    }
  });
}

}  // namespace sotto::mls
