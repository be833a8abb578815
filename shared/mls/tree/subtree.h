// The nodes of a ratchet tree as RatchetTree shares them between its copies: immutable, each with
// its tree hash once somebody asked for it. A change rebuilds what lies above it and nothing else.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "mls/keys/suite.h"
#include "mls/tree/ratchet_tree.h"
#include "mls/tree/tree_math.h"

namespace sotto::mls {

// A node and all below it. Which node it is, its users know. Where everything is blank nothing
// hangs below, however wide it is: a blank node costs its sender one byte, and should cost us no
// more than a few.
struct Subtree {
  LeafPointer leaf;      // of a leaf that is not blank
  ParentPointer parent;  // of a parent that is not blank
  SubtreePointer left;   // both null for a leaf, and where all is blank
  SubtreePointer right;
  std::uint32_t member_count = 0;  // leaves that are not blank
  bool all_blank = true;

  // The cache of tree_hash.h.
  mutable bool hashed = false;
  mutable HashValue hash = {};
};

SubtreePointer blank_subtree();
SubtreePointer leaf_subtree(LeafPointer leaf);
SubtreePointer parent_subtree(ParentPointer parent, SubtreePointer left, SubtreePointer right);

// What stands for a child of an all-blank subtree: no node of its own, at any place.
const Subtree& blank_below();

// The children of a parent.
const Subtree& left_of(const Subtree& subtree);
const Subtree& right_of(const Subtree& subtree);

// The subtree of `node`, which is at or below `at`; `subtree` is that of `at`.
const Subtree& find_subtree(const Subtree& subtree, NodeIndex at, NodeIndex node);

// The subtree of `at` out of the nodes of a ratchet_tree extension, those past its end being blank.
SubtreePointer build_subtree(std::span<const NodePointer> nodes, NodeIndex at);

// A leaf's new content; null to blank it.
struct LeafChange {
  LeafIndex leaf;
  LeafPointer content;
};

// What becomes of the parents above a change: an Add is unmerged there, an Update or Remove blanks
// them (section 12.1).
enum class ParentRule : std::uint8_t { kUnmerged, kBlank };

// `changes` are in the order of the leaves, all below `at`. The parents that were blanked are put
// into `blanked`.
SubtreePointer change_leaves(const SubtreePointer& subtree, NodeIndex at,
                             std::span<const LeafChange> changes, ParentRule rule,
                             std::vector<ParentPointer>& blanked);

// A parent's new content on a path.
struct ParentChange {
  NodeIndex node;
  ParentPointer content;
};

// Sets a leaf, and the parents above it to those of `path` (from the leaf to the root), all others
// to blank. What they held goes to `replaced`.
SubtreePointer change_path(const SubtreePointer& subtree, NodeIndex at, const LeafChange& change,
                           std::span<const ParentChange> path,
                           std::vector<ParentPointer>& replaced);

// The first `most` blank leaves, in order, appended.
void find_blank_leaves(const Subtree& subtree, NodeIndex at, std::size_t most,
                       std::vector<LeafIndex>& out);

}  // namespace sotto::mls
