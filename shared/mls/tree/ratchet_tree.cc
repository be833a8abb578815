#include "mls/tree/ratchet_tree.h"

#include <algorithm>

#include "mls/tree/leaf_validation.h"
#include "mls/tree/subtree.h"
#include "mls/tree/tree_hash.h"

namespace sotto::mls {
namespace {

bool is_added(std::span<const LeafIndex> added, LeafIndex leaf) {
  return std::binary_search(added.begin(), added.end(), leaf);
}

struct Resolving {
  std::span<const LeafIndex> without;
  std::size_t most;
  std::vector<NodeIndex> nodes;

  bool full() const { return nodes.size() > most; }
  void add(LeafIndex leaf) {
    if (!full() && !is_added(without, leaf)) nodes.push_back(node_of(leaf));
  }
};

void resolve(const Subtree& subtree, NodeIndex at, Resolving& out) {
  if (subtree.all_blank || out.full()) return;
  if (is_leaf(at)) return out.add(leaf_of(at));
  if (subtree.parent != nullptr) {
    out.nodes.push_back(at);
    for (LeafIndex leaf : subtree.parent->unmerged_leaves) out.add(leaf);
    return;
  }
  resolve(left_of(subtree), left(at), out);
  resolve(right_of(subtree), right(at), out);
}

void collect_members(const Subtree& subtree, NodeIndex at, std::vector<LeafIndex>& out) {
  if (subtree.member_count == 0) return;
  if (is_leaf(at)) return out.push_back(leaf_of(at));
  collect_members(left_of(subtree), left(at), out);
  collect_members(right_of(subtree), right(at), out);
}

}  // namespace

const Subtree* RatchetTree::find(NodeIndex node) const {
  if (node.value >= node_count(leaf_count_)) return nullptr;
  return &find_subtree(*root_, root(), node);
}

std::uint32_t RatchetTree::member_count() const {
  return root_->member_count;
}

const LeafPointer& RatchetTree::leaf(LeafIndex leaf) const {
  static const LeafPointer kBlank;
  const Subtree* subtree = leaf.value < leaf_count_ ? find(node_of(leaf)) : nullptr;
  return subtree != nullptr ? subtree->leaf : kBlank;
}

const ParentPointer& RatchetTree::parent(NodeIndex node) const {
  static const ParentPointer kBlank;
  const Subtree* subtree = find(node);
  return subtree != nullptr ? subtree->parent : kBlank;
}

ByteView RatchetTree::encryption_key(NodeIndex node) const {
  const Subtree* subtree = find(node);
  if (subtree == nullptr) return {};
  if (subtree->leaf != nullptr) return subtree->leaf->encryption_key;
  return subtree->parent != nullptr ? ByteView(subtree->parent->encryption_key) : ByteView();
}

bool RatchetTree::is_blank(NodeIndex node) const {
  const Subtree* subtree = find(node);
  return subtree == nullptr || (subtree->leaf == nullptr && subtree->parent == nullptr);
}

std::vector<LeafIndex> RatchetTree::members() const {
  std::vector<LeafIndex> out;
  out.reserve(member_count());
  collect_members(*root_, root(), out);
  return out;
}

std::optional<LeafIndex> RatchetTree::find_signature_key(ByteView signature_key) const {
  std::optional<std::uint32_t> place = signature_keys_.find(signature_key);
  if (!place) return std::nullopt;
  return LeafIndex{*place};
}

std::optional<NodeIndex> RatchetTree::find_encryption_key(ByteView encryption_key) const {
  std::optional<std::uint32_t> place = encryption_keys_.find(encryption_key);
  if (!place) return std::nullopt;
  return NodeIndex{*place};
}

bool RatchetTree::all_support(ExtensionType type) const {
  return is_default(type) || capabilities_.supporting(type) == member_count();
}
bool RatchetTree::all_support(ProposalType type) const {
  return is_default(type) || capabilities_.supporting(type) == member_count();
}
bool RatchetTree::all_support(CredentialType type) const {
  return capabilities_.supporting(type) == member_count();
}

HashValue RatchetTree::tree_hash(NodeIndex node) const {
  const Subtree* subtree = find(node);
  return subtree != nullptr ? mls::tree_hash(*subtree, node) : HashValue{};
}

std::vector<NodeIndex> RatchetTree::resolution(NodeIndex node, std::size_t most) const {
  Resolving out{{}, most, {}};
  if (const Subtree* subtree = find(node)) resolve(*subtree, node, out);
  return std::move(out.nodes);
}

std::vector<NodeIndex> RatchetTree::resolution_without(NodeIndex node,
                                                       std::span<const LeafIndex> added) const {
  Resolving out{added, SIZE_MAX, {}};
  if (const Subtree* subtree = find(node)) resolve(*subtree, node, out);
  return std::move(out.nodes);
}

std::vector<FilteredNode> RatchetTree::filtered_direct_path(LeafIndex leaf) const {
  std::vector<FilteredNode> path;
  if (leaf.value >= leaf_count_) return path;
  const Subtree* subtree = root_.get();
  for (NodeIndex at = root(); !is_leaf(at);) {
    bool on_left = covers(left(at), leaf);
    const Subtree& copath = on_left ? right_of(*subtree) : left_of(*subtree);
    if (!copath.all_blank) path.push_back({at, on_left ? right(at) : left(at)});
    subtree = on_left ? &left_of(*subtree) : &right_of(*subtree);
    at = on_left ? left(at) : right(at);
  }
  std::reverse(path.begin(), path.end());
  return path;
}

LeafIndex RatchetTree::next_leaf() const {
  std::vector<LeafIndex> blank;
  find_blank_leaves(*root_, root(), 1, blank);
  return blank.empty() ? LeafIndex{leaf_count_} : blank.front();
}

}  // namespace sotto::mls
