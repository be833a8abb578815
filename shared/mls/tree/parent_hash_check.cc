#include "mls/tree/parent_hash_check.h"

#include <algorithm>
#include <map>
#include <span>

#include "mls/tree/parent_hash.h"
#include "mls/tree/subtree.h"
#include "mls/tree/tree_hash.h"

namespace sotto::mls {
namespace {

using Leaves = std::span<const LeafIndex>;

bool before(LeafIndex a, LeafIndex b) {
  return a < b;
}

// Those of a rising list that lie below the node.
Leaves within(Leaves leaves, NodeIndex node) {
  LeafIndex first = first_leaf(node);
  LeafIndex last{first.value + leaf_width(node) - 1};
  auto from = std::lower_bound(leaves.begin(), leaves.end(), first, before);
  auto to = std::upper_bound(from, leaves.end(), last, before);
  return leaves.subspan(static_cast<std::size_t>(from - leaves.begin()),
                        static_cast<std::size_t>(to - from));
}

// `unmerged` are those of the nearest parent above that is not blank, as far as they lie below
// `at`. Since each list has to include the one above it, comparing neighbours compares all.
bool unmerged_leaves_agree(const Subtree& subtree, NodeIndex at, Leaves unmerged) {
  if (subtree.all_blank) return unmerged.empty();
  if (is_leaf(at)) return true;
  if (subtree.parent != nullptr) {
    Leaves own = subtree.parent->unmerged_leaves;
    if (within(own, at).size() != own.size()) return false;
    if (!std::includes(own.begin(), own.end(), unmerged.begin(), unmerged.end(), before)) {
      return false;
    }
    unmerged = own;
  }
  return unmerged_leaves_agree(left_of(subtree), left(at), within(unmerged, left(at))) &&
         unmerged_leaves_agree(right_of(subtree), right(at), within(unmerged, right(at)));
}

class ParentHashCheck {
 public:
  explicit ParentHashCheck(const RatchetTree& tree) : tree_(tree) {}

  bool all_valid(const Subtree& subtree, NodeIndex at) {
    if (subtree.all_blank || is_leaf(at)) return true;
    if (subtree.parent != nullptr && !valid(subtree, at)) return false;
    return all_valid(left_of(subtree), left(at)) && all_valid(right_of(subtree), right(at));
  }

 private:
  // Looks for the one node below that points up to this one. It cannot be found on both sides: each
  // of the two hashes would cover the other.
  bool valid(const Subtree& parent, NodeIndex at) {
    return chains(parent, left(at), right_of(parent), right(at)) ||
           chains(parent, right(at), left_of(parent), left(at));
  }

  // Whether a node D in the resolution of `child` (C in the RFC) points to the parent P with copath
  // child `sibling` (S). The rest of the resolution has to be P's unmerged leaves below C, so D can
  // only be the one that is not.
  bool chains(const Subtree& parent, NodeIndex child, const Subtree& sibling,
              NodeIndex sibling_at) {
    Leaves unmerged = within(parent.parent->unmerged_leaves, child);
    std::vector<NodeIndex> resolution = tree_.resolution(child, unmerged.size() + 1);
    if (resolution.size() != unmerged.size() + 1) return false;
    std::size_t others = 0;
    NodeIndex descendant;
    for (NodeIndex node : resolution) {
      if (is_leaf(node) && std::binary_search(unmerged.begin(), unmerged.end(), leaf_of(node))) {
        continue;
      }
      descendant = node;
      ++others;
    }
    if (others != 1) return false;
    ByteView pointer = parent_hash_in(descendant);
    if (pointer.size() != kNh) return false;  // most often: a leaf that never committed
    Leaves removed = within(parent.parent->unmerged_leaves, sibling_at);
    return equal(pointer,
                 parent_hash(*parent.parent, original_tree_hash(sibling, sibling_at, removed)));
  }

  ByteView parent_hash_in(NodeIndex node) const {
    if (!is_leaf(node)) return tree_.parent(node)->parent_hash;
    const LeafNode& leaf = *tree_.leaf(leaf_of(node));
    return leaf.leaf_node_source == LeafNodeSource::kCommit ? ByteView(leaf.parent_hash)
                                                            : ByteView();
  }

  // The tree hash as it was before `removed` were added: they are blank, and in no unmerged_leaves.
  HashValue original_tree_hash(const Subtree& subtree, NodeIndex at, Leaves removed) {
    if (removed.empty()) return tree_hash(subtree, at);
    if (is_leaf(at)) return leaf_node_hash(leaf_of(at), nullptr);
    Original& known = originals_[at.value];
    if (known.removed == removed.size()) return known.hash;
    std::optional<ParentNode> original;
    if (subtree.parent != nullptr) {
      original = *subtree.parent;
      std::erase_if(original->unmerged_leaves, [&](LeafIndex leaf) {
        return std::binary_search(removed.begin(), removed.end(), leaf);
      });
    }
    HashValue value = parent_node_hash(
        original ? &*original : nullptr,
        original_tree_hash(left_of(subtree), left(at), within(removed, left(at))),
        original_tree_hash(right_of(subtree), right(at), within(removed, right(at))));
    originals_[at.value] = {removed.size(), value};
    return value;
  }

  // The last original hash of a node, and how many leaves were removed for it. Who asks are the
  // parents above the node, and each one's list includes that of those above it: as many leaves are
  // the same leaves.
  struct Original {
    std::size_t removed = 0;
    HashValue hash = {};
  };

  const RatchetTree& tree_;
  std::map<std::uint32_t, Original> originals_;
};

}  // namespace

Result<void> check_unmerged_leaves(const RatchetTree& tree) {
  if (!unmerged_leaves_agree(tree.subtree(), tree.root(), {})) return fail(Error::kMalformed);
  return {};
}

Result<void> check_parent_hashes(const RatchetTree& tree) {
  ParentHashCheck check(tree);
  if (!check.all_valid(tree.subtree(), tree.root())) return fail(Error::kUnauthenticated);
  return {};
}

}  // namespace sotto::mls
