// A RatchetTree out of the extension ratchet_tree, and back (RFC 9420 section 12.4.3.3).
#include <algorithm>
#include <bit>

#include "mls/keys/encryption_key.h"
#include "mls/tree/ratchet_tree.h"
#include "mls/tree/subtree.h"
#include "mls/wire/codec.h"

namespace sotto::mls {
namespace {

class TreeWriter {
 public:
  void write_subtree(const Subtree& subtree, NodeIndex at) {
    if (subtree.all_blank) {
      blanks_ += node_count(leaf_width(at));
    } else if (is_leaf(at)) {
      present(NodeType::kLeaf);
      write(out_, *subtree.leaf);
    } else {
      write_subtree(left_of(subtree), left(at));
      if (subtree.parent != nullptr) {
        present(NodeType::kParent);
        write(out_, *subtree.parent);
      } else {
        ++blanks_;
      }
      write_subtree(right_of(subtree), right(at));
    }
  }

  Bytes take() && {
    Writer extension;
    extension.opaque(std::move(out_).take());
    return std::move(extension).take();
  }

 private:
  // The blank nodes at the end are never written.
  void present(NodeType type) {
    for (; blanks_ > 0; --blanks_) out_.u8(0);
    out_.u8(1);
    write(out_, type);
  }

  Writer out_;
  std::uint32_t blanks_ = 0;
};

bool rises(const std::vector<LeafIndex>& leaves) {
  auto falls = [](LeafIndex a, LeafIndex b) { return !(a < b); };
  return std::adjacent_find(leaves.begin(), leaves.end(), falls) == leaves.end();
}

}  // namespace

Bytes RatchetTree::encode() const {
  TreeWriter writer;
  writer.write_subtree(*root_, root());
  return std::move(writer).take();
}

Result<RatchetTree> RatchetTree::decode(ByteView extension_data) {
  TRY(RatchetTreeExtension && extension, mls::decode<RatchetTreeExtension>(extension_data));
  return from_nodes(extension.ratchet_tree);
}

Result<RatchetTree> RatchetTree::from_nodes(std::span<const NodePointer> nodes) {
  if (nodes.empty() || nodes.back() == nullptr) return fail(Error::kMalformed);
  if (nodes.size() > node_count(kMaxLeafCount)) return fail(Error::kTooLarge);

  RatchetTree tree;
  std::vector<const LeafNode*> leaves;
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i] == nullptr) continue;
    if (is_leaf({i}) != (nodes[i]->leaf_node() != nullptr)) return fail(Error::kMalformed);
    if (const LeafNode* leaf = nodes[i]->leaf_node()) {
      TRY_VOID(tree.index_leaf(leaf_of({i}), *leaf));
      leaves.push_back(leaf);
    } else {
      const ParentNode& parent = *nodes[i]->parent_node();
      if (!rises(parent.unmerged_leaves)) return fail(Error::kMalformed);
      if (!is_encryption_key(parent.encryption_key)) return fail(Error::kMalformed);
      TRY_VOID(tree.encryption_keys_.insert(parent.encryption_key, i));
    }
  }
  if (leaves.empty()) return fail(Error::kMalformed);
  tree.capabilities_.add(leaves);
  // The least power of two whose nodes are not fewer.
  tree.leaf_count_ = std::bit_ceil((static_cast<std::uint32_t>(nodes.size()) + 2) / 2);
  tree.root_ = build_subtree(nodes, tree.root());
  return tree;
}

}  // namespace sotto::mls
