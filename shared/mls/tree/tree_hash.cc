#include "mls/tree/tree_hash.h"

#include "mls/keys/hash.h"
#include "mls/wire/writer.h"

namespace sotto::mls {

HashValue leaf_node_hash(LeafIndex leaf, const LeafNode* content) {
  Writer input;
  input.reserve(content != nullptr ? 384 : 8);
  input.u8(static_cast<std::uint8_t>(NodeType::kLeaf));
  input.u32(leaf.value);
  input.u8(content != nullptr ? 1 : 0);
  if (content != nullptr) write(input, *content);
  return hash({std::move(input).take()});
}

HashValue parent_node_hash(const ParentNode* content, const HashValue& left_hash,
                           const HashValue& right_hash) {
  constexpr std::uint8_t kHashLength[] = {kNh};
  constexpr std::uint8_t kBlankParent[] = {static_cast<std::uint8_t>(NodeType::kParent), 0};
  if (content == nullptr) {
    return hash({kBlankParent, kHashLength, left_hash, kHashLength, right_hash});
  }
  Writer input;
  input.reserve(80 + 4 * content->unmerged_leaves.size());
  input.u8(static_cast<std::uint8_t>(NodeType::kParent));
  input.u8(1);
  write(input, *content);
  Bytes content_bytes = std::move(input).take();
  return hash({content_bytes, kHashLength, left_hash, kHashLength, right_hash});
}

namespace {

HashValue compute(const Subtree& subtree, NodeIndex at) {
  if (is_leaf(at)) return leaf_node_hash(leaf_of(at), subtree.leaf.get());
  return parent_node_hash(subtree.parent.get(), tree_hash(left_of(subtree), left(at)),
                          tree_hash(right_of(subtree), right(at)));
}

}  // namespace

HashValue tree_hash(const Subtree& subtree, NodeIndex at) {
  if (&subtree == &blank_below()) return compute(subtree, at);  // one for all places: no cache
  if (!subtree.hashed) {
    subtree.hash = compute(subtree, at);
    subtree.hashed = true;
  }
  return subtree.hash;
}

}  // namespace sotto::mls
