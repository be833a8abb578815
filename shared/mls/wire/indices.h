// Places in a ratchet tree: two kinds of number that must not be mixed up.
#pragma once

#include <cstdint>

namespace sotto::mls {

// The i-th leaf.
struct LeafIndex {
  std::uint32_t value = 0;
  friend bool operator==(LeafIndex, LeafIndex) = default;
  friend bool operator<(LeafIndex a, LeafIndex b) { return a.value < b.value; }
};

// A node of the array that represents the tree (RFC 9420 appendix C): leaves are even, parents odd.
struct NodeIndex {
  std::uint32_t value = 0;
  friend bool operator==(NodeIndex, NodeIndex) = default;
  friend bool operator<(NodeIndex a, NodeIndex b) { return a.value < b.value; }
};

}  // namespace sotto::mls
