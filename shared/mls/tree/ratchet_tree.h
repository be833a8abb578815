// The public side of a group's ratchet tree (RFC 9420 sections 4.1, 7 and 12.1).
//
// Its nodes are immutable and shared: a copy costs a few pointers, and a commit is applied to a
// copy that is thrown away if anything is wrong with it. Tree hashes are computed when first asked
// for, and kept with the nodes: after a change only what lies above it is hashed again, once,
// however many leaves a commit changed. Copies share these caches without locks: all copies of a
// tree stay on one thread.
//
// Always true of a tree: it has a member; every key is of the suites' size and can be sealed to; no
// encryption key stands at two nodes, no signature key at two leaves; unmerged_leaves rise. A
// change that would break this fails, and then the tree is as it was.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "mls/bytes.h"
#include "mls/keys/suite.h"
#include "mls/tree/capability_counts.h"
#include "mls/tree/key_index.h"
#include "mls/tree/tree_math.h"
#include "mls/wire/ratchet_tree_node.h"

namespace sotto::mls {

using LeafPointer = std::shared_ptr<const LeafNode>;
using ParentPointer = std::shared_ptr<const ParentNode>;

struct Subtree;
using SubtreePointer = std::shared_ptr<const Subtree>;

// A node of a leaf's filtered direct path (section 4.1.2), and the child of it that is not on the
// leaf's direct path.
struct FilteredNode {
  NodeIndex node;
  NodeIndex copath_child;
};

// What the proposals of one commit do to the tree (section 12.3). No leaf stands in both lists, or
// twice in one.
struct MembershipChanges {
  std::vector<std::pair<LeafIndex, LeafPointer>> updates;
  std::vector<LeafIndex> removes;
  std::vector<LeafPointer> adds;
};

class RatchetTree {
 public:
  // A group's first tree: its creator's leaf.
  static Result<RatchetTree> create(LeafPointer creator);

  // The extension ratchet_tree, as it is in a GroupInfo. Checks what is always true of a tree, no
  // more: see tree_validation.h. kTooLarge for more than kMaxLeafCount leaves.
  static Result<RatchetTree> decode(ByteView extension_data);
  static Result<RatchetTree> from_nodes(std::span<const NodePointer> nodes);
  Bytes encode() const;

  // The leaves, blank ones included: a power of two.
  std::uint32_t leaf_count() const { return leaf_count_; }
  NodeIndex root() const { return mls::root(leaf_count()); }
  std::uint32_t member_count() const;

  // Null for blank, and outside the tree.
  const LeafPointer& leaf(LeafIndex leaf) const;
  const ParentPointer& parent(NodeIndex node) const;
  bool is_blank(NodeIndex node) const;
  // Empty for blank, and outside the tree.
  ByteView encryption_key(NodeIndex node) const;

  // The leaves that are not blank, in order.
  std::vector<LeafIndex> members() const;
  // Where `visit(LeafIndex, const LeafPointer&)` returns false, it stops.
  template <typename Visit>
  void for_each_member(Visit visit) const {
    for (LeafIndex leaf : members()) {
      if (!visit(leaf, this->leaf(leaf))) return;
    }
  }
  std::optional<LeafIndex> find_signature_key(ByteView signature_key) const;
  std::optional<NodeIndex> find_encryption_key(ByteView encryption_key) const;
  // What the members support, and the credentials they use.
  const CapabilityCounts& capabilities() const { return capabilities_; }
  bool all_support(ExtensionType type) const;  // also true of default types
  bool all_support(ProposalType type) const;   // also true of default types
  bool all_support(CredentialType type) const;

  // Section 7.8.
  HashValue tree_hash() const { return tree_hash(root()); }
  HashValue tree_hash(NodeIndex node) const;

  // Section 4.1.1. `most` bounds the work where only shorter ones matter: more nodes than that are
  // cut off after most + 1.
  std::vector<NodeIndex> resolution(NodeIndex node, std::size_t most = SIZE_MAX) const;
  // For an UpdatePath (section 7.6): without the leaves that its commit added, which are in order.
  std::vector<NodeIndex> resolution_without(NodeIndex node, std::span<const LeafIndex> added) const;
  // Section 4.1.2. `leaf` may be blank: of an external commit's sender.
  std::vector<FilteredNode> filtered_direct_path(LeafIndex leaf) const;

  // Applies updates, then removes, then adds, and returns where the adds went, in their order.
  // kNotFound for an update or remove of a blank leaf, kInvalidArgument when a leaf is named twice
  // or nobody would be left, kAlreadyExists for a key that is there twice in the end, kMalformed
  // for one that is none, kTooLarge.
  Result<std::vector<LeafIndex>> apply(const MembershipChanges& changes);

  // One of them alone, as section 12.1 has it.
  Result<LeafIndex> add(LeafPointer leaf_node);
  Result<void> update(LeafIndex leaf, LeafPointer leaf_node);
  Result<void> remove(LeafIndex leaf);

  // Where the next add goes: the leftmost blank leaf, or the first one of the tree extended.
  LeafIndex next_leaf() const;

  // Extends the tree where the leaf, which is then next_leaf(), would lie outside of it: an
  // external commit's sender is put there by its path.
  Result<void> make_room(LeafIndex leaf);

  // Merges an UpdatePath (section 7.5): the leaf, blank before or not, and the nodes of its
  // filtered direct path in their order, of which there are `nodes.size()`; the rest of the direct
  // path is blanked. kAlreadyExists for keys that any other node holds.
  Result<void> merge(LeafIndex leaf, LeafPointer leaf_node, std::span<const ParentPointer> nodes);

  // The root of the nodes themselves, for what walks them (subtree.h).
  const Subtree& subtree() const { return *root_; }

 private:
  RatchetTree() = default;
  // Null outside the tree.
  const Subtree* find(NodeIndex node) const;
  Result<void> apply_in_place(const MembershipChanges& changes, std::vector<LeafIndex>& added);
  Result<void> merge_in_place(LeafIndex leaf, LeafPointer leaf_node,
                              std::span<const ParentPointer> nodes);
  void extend();
  void truncate();
  Result<void> index_leaf(LeafIndex leaf, const LeafNode& leaf_node);
  void forget_leaf(const LeafNode& leaf_node);
  void forget_parents(std::span<const ParentPointer> parents);

  SubtreePointer root_;
  std::uint32_t leaf_count_ = 1;
  KeyIndex encryption_keys_;  // to node indices
  KeyIndex signature_keys_;   // to leaf indices
  CapabilityCounts capabilities_;
};

}  // namespace sotto::mls
