// What changes a RatchetTree. Each public function works on a copy, which costs little, and keeps
// it only when all went well.
#include <algorithm>

#include "base/sort.h"
#include "mls/keys/encryption_key.h"
#include "mls/tree/ratchet_tree.h"
#include "mls/tree/subtree.h"

namespace sotto::mls {
namespace {

bool before(const LeafChange& a, const LeafChange& b) {
  return a.leaf < b.leaf;
}

void collect_parents(const Subtree& subtree, std::vector<ParentPointer>& out) {
  if (subtree.all_blank) return;
  if (subtree.parent != nullptr) out.push_back(subtree.parent);
  collect_parents(left_of(subtree), out);
  collect_parents(right_of(subtree), out);
}

}  // namespace

Result<RatchetTree> RatchetTree::create(LeafPointer creator) {
  RatchetTree tree;
  TRY_VOID(tree.index_leaf({0}, *creator));
  const LeafNode* leaf = creator.get();
  tree.capabilities_.add({&leaf, 1});
  tree.root_ = leaf_subtree(std::move(creator));
  return tree;
}

Result<void> RatchetTree::index_leaf(LeafIndex leaf, const LeafNode& leaf_node) {
  if (!is_encryption_key(leaf_node.encryption_key)) return fail(Error::kMalformed);
  TRY_VOID(encryption_keys_.insert(leaf_node.encryption_key, node_of(leaf).value));
  return signature_keys_.insert(leaf_node.signature_key, leaf.value);
}

void RatchetTree::forget_leaf(const LeafNode& leaf_node) {
  encryption_keys_.erase(leaf_node.encryption_key);
  signature_keys_.erase(leaf_node.signature_key);
}

void RatchetTree::forget_parents(std::span<const ParentPointer> parents) {
  for (const ParentPointer& parent : parents) encryption_keys_.erase(parent->encryption_key);
}

// Section 7.7.
void RatchetTree::extend() {
  root_ = parent_subtree(nullptr, std::move(root_), blank_subtree());
  leaf_count_ *= 2;
}

void RatchetTree::truncate() {
  while (leaf_count_ > 1 && right_of(*root_).member_count == 0) {
    std::vector<ParentPointer> cut;
    if (root_->parent != nullptr) cut.push_back(root_->parent);
    collect_parents(right_of(*root_), cut);
    forget_parents(cut);
    root_ = root_->left;
    leaf_count_ /= 2;
  }
}

Result<void> RatchetTree::apply_in_place(const MembershipChanges& changes,
                                         std::vector<LeafIndex>& added) {
  std::vector<LeafChange> replaced;
  for (const auto& [leaf, content] : changes.updates) replaced.push_back({leaf, content});
  for (LeafIndex leaf : changes.removes) replaced.push_back({leaf, nullptr});
  sort(replaced, before);

  auto twice =
      std::adjacent_find(replaced.begin(), replaced.end(),
                         [](const LeafChange& a, const LeafChange& b) { return a.leaf == b.leaf; });
  if (twice != replaced.end()) return fail(Error::kInvalidArgument);

  std::vector<const LeafNode*> gone;
  for (const LeafChange& change : replaced) {
    const LeafPointer& old = leaf(change.leaf);
    if (old == nullptr) return fail(Error::kNotFound);
    gone.push_back(old.get());
    forget_leaf(*old);
  }
  capabilities_.remove(gone);
  std::vector<ParentPointer> blanked;
  root_ = change_leaves(root_, root(), replaced, ParentRule::kBlank, blanked);
  if (root_->member_count == 0) return fail(Error::kInvalidArgument);
  forget_parents(blanked);
  if (!changes.removes.empty()) truncate();

  std::vector<const LeafNode*> come;
  for (const auto& [leaf, content] : changes.updates) {
    TRY_VOID(index_leaf(leaf, *content));
    come.push_back(content.get());
  }

  find_blank_leaves(*root_, root(), changes.adds.size(), added);
  while (added.size() < changes.adds.size()) {
    if (leaf_count_ == kMaxLeafCount) return fail(Error::kTooLarge);
    std::uint32_t from = leaf_count_;
    extend();
    for (; from < leaf_count_ && added.size() < changes.adds.size(); ++from)
      added.push_back({from});
  }
  std::vector<LeafChange> additions;
  for (std::size_t i = 0; i < added.size(); ++i) {
    additions.push_back({added[i], changes.adds[i]});
    TRY_VOID(index_leaf(added[i], *changes.adds[i]));
    come.push_back(changes.adds[i].get());
  }
  root_ = change_leaves(root_, root(), additions, ParentRule::kUnmerged, blanked);
  capabilities_.add(come);
  return {};
}

Result<std::vector<LeafIndex>> RatchetTree::apply(const MembershipChanges& changes) {
  RatchetTree changed = *this;
  std::vector<LeafIndex> added;
  TRY_VOID(changed.apply_in_place(changes, added));
  *this = std::move(changed);
  return added;
}

Result<LeafIndex> RatchetTree::add(LeafPointer leaf_node) {
  TRY(std::vector<LeafIndex> && added, apply({{}, {}, {std::move(leaf_node)}}));
  return added.front();
}

Result<void> RatchetTree::update(LeafIndex leaf, LeafPointer leaf_node) {
  TRY_VOID(apply({{{leaf, std::move(leaf_node)}}, {}, {}}));
  return {};
}

Result<void> RatchetTree::remove(LeafIndex leaf) {
  TRY_VOID(apply({{}, {leaf}, {}}));
  return {};
}

Result<void> RatchetTree::merge_in_place(LeafIndex leaf, LeafPointer leaf_node,
                                         std::span<const ParentPointer> nodes) {
  if (leaf.value >= leaf_count_) return fail(Error::kInvalidArgument);
  std::vector<FilteredNode> filtered = filtered_direct_path(leaf);
  if (filtered.size() != nodes.size()) return fail(Error::kInvalidArgument);
  std::vector<ParentChange> path;
  for (std::size_t i = 0; i < nodes.size(); ++i) path.push_back({filtered[i].node, nodes[i]});

  if (LeafPointer old = this->leaf(leaf); old != nullptr) {
    forget_leaf(*old);
    const LeafNode* gone = old.get();
    capabilities_.remove({&gone, 1});
  }
  std::vector<ParentPointer> replaced;
  root_ = change_path(root_, root(), {leaf, leaf_node}, path, replaced);
  forget_parents(replaced);

  TRY_VOID(index_leaf(leaf, *leaf_node));
  for (const ParentChange& change : path) {
    ByteView key = change.content->encryption_key;
    if (!is_encryption_key(key)) return fail(Error::kMalformed);
    TRY_VOID(encryption_keys_.insert(key, change.node.value));
  }
  const LeafNode* come = leaf_node.get();
  capabilities_.add({&come, 1});
  return {};
}

Result<void> RatchetTree::make_room(LeafIndex leaf) {
  if (leaf.value < leaf_count_) return {};
  if (leaf != next_leaf()) return fail(Error::kInvalidArgument);
  if (leaf_count_ == kMaxLeafCount) return fail(Error::kTooLarge);
  extend();
  return {};
}

Result<void> RatchetTree::merge(LeafIndex leaf, LeafPointer leaf_node,
                                std::span<const ParentPointer> nodes) {
  RatchetTree changed = *this;
  TRY_VOID(changed.merge_in_place(leaf, std::move(leaf_node), nodes));
  *this = std::move(changed);
  return {};
}

}  // namespace sotto::mls
