#include "mls/tree/subtree.h"

#include <algorithm>

#include "base/sort.h"

namespace sotto::mls {
namespace {

// The same changes, split between the children of `at`.
struct Split {
  std::span<const LeafChange> left;
  std::span<const LeafChange> right;
};
Split split(std::span<const LeafChange> changes, NodeIndex at) {
  LeafIndex middle = first_leaf(right(at));
  auto first_right =
      std::partition_point(changes.begin(), changes.end(),
                           [&](const LeafChange& change) { return change.leaf < middle; });
  std::size_t count = static_cast<std::size_t>(first_right - changes.begin());
  return {changes.first(count), changes.subspan(count)};
}

ParentPointer with_unmerged(const ParentPointer& parent, std::span<const LeafChange> added) {
  if (parent == nullptr) return nullptr;
  auto changed = std::make_shared<ParentNode>(*parent);
  std::vector<LeafIndex>& leaves = changed->unmerged_leaves;
  for (const LeafChange& change : added) leaves.push_back(change.leaf);
  sort(leaves);
  return changed;
}

// Children that may be changed on their own: where all was blank they have to be made first.
SubtreePointer child(const SubtreePointer& existing) {
  return existing != nullptr ? existing : blank_subtree();
}

}  // namespace

SubtreePointer blank_subtree() {
  return std::make_shared<Subtree>();
}

SubtreePointer leaf_subtree(LeafPointer leaf) {
  auto subtree = std::make_shared<Subtree>();
  subtree->member_count = leaf != nullptr ? 1 : 0;
  subtree->all_blank = leaf == nullptr;
  subtree->leaf = std::move(leaf);
  return subtree;
}

SubtreePointer parent_subtree(ParentPointer parent, SubtreePointer left, SubtreePointer right) {
  if (parent == nullptr && left->all_blank && right->all_blank) return blank_subtree();
  auto subtree = std::make_shared<Subtree>();
  subtree->member_count = left->member_count + right->member_count;
  subtree->all_blank = false;
  subtree->parent = std::move(parent);
  subtree->left = std::move(left);
  subtree->right = std::move(right);
  return subtree;
}

const Subtree& blank_below() {
  static const Subtree kBlank;
  return kBlank;
}

const Subtree& left_of(const Subtree& subtree) {
  return subtree.left != nullptr ? *subtree.left : blank_below();
}

const Subtree& right_of(const Subtree& subtree) {
  return subtree.right != nullptr ? *subtree.right : blank_below();
}

const Subtree& find_subtree(const Subtree& subtree, NodeIndex at, NodeIndex node) {
  if (at == node) return subtree;
  return node < at ? find_subtree(left_of(subtree), left(at), node)
                   : find_subtree(right_of(subtree), right(at), node);
}

SubtreePointer build_subtree(std::span<const NodePointer> nodes, NodeIndex at) {
  if (node_of(first_leaf(at)).value >= nodes.size()) return blank_subtree();
  NodePointer node = at.value < nodes.size() ? nodes[at.value] : nullptr;
  if (is_leaf(at)) {
    return leaf_subtree(node != nullptr ? std::get<0>(node->body).pointer() : nullptr);
  }
  // The parent shares the life of its node.
  ParentPointer parent =
      node != nullptr ? ParentPointer(node, node->parent_node()) : ParentPointer();
  return parent_subtree(std::move(parent), build_subtree(nodes, left(at)),
                        build_subtree(nodes, right(at)));
}

SubtreePointer change_leaves(const SubtreePointer& subtree, NodeIndex at,
                             std::span<const LeafChange> changes, ParentRule rule,
                             std::vector<ParentPointer>& blanked) {
  if (changes.empty()) return subtree;
  if (is_leaf(at)) return leaf_subtree(changes.front().content);
  Split parts = split(changes, at);
  ParentPointer parent;
  if (rule == ParentRule::kUnmerged) {
    parent = with_unmerged(subtree->parent, changes);
  } else if (subtree->parent != nullptr) {
    blanked.push_back(subtree->parent);
  }
  return parent_subtree(
      std::move(parent), change_leaves(child(subtree->left), left(at), parts.left, rule, blanked),
      change_leaves(child(subtree->right), right(at), parts.right, rule, blanked));
}

SubtreePointer change_path(const SubtreePointer& subtree, NodeIndex at, const LeafChange& change,
                           std::span<const ParentChange> path,
                           std::vector<ParentPointer>& replaced) {
  if (is_leaf(at)) return leaf_subtree(change.content);
  if (subtree->parent != nullptr) replaced.push_back(subtree->parent);
  ParentPointer parent;
  if (!path.empty() && path.back().node == at) {
    parent = path.back().content;
    path = path.first(path.size() - 1);
  }
  SubtreePointer left_child = child(subtree->left);
  SubtreePointer right_child = child(subtree->right);
  SubtreePointer& below = covers(left(at), change.leaf) ? left_child : right_child;
  NodeIndex below_at = covers(left(at), change.leaf) ? left(at) : right(at);
  below = change_path(below, below_at, change, path, replaced);
  return parent_subtree(std::move(parent), std::move(left_child), std::move(right_child));
}

void find_blank_leaves(const Subtree& subtree, NodeIndex at, std::size_t most,
                       std::vector<LeafIndex>& out) {
  if (most == 0 || subtree.member_count == leaf_width(at)) return;
  if (is_leaf(at)) {
    out.push_back(leaf_of(at));
    return;
  }
  std::size_t before = out.size();
  find_blank_leaves(left_of(subtree), left(at), most, out);
  find_blank_leaves(right_of(subtree), right(at), most - (out.size() - before), out);
}

}  // namespace sotto::mls
