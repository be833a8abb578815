// The array that represents a perfect binary tree (RFC 9420 appendix C): leaf i is node 2i, a
// parent at level k ends in 0 and k ones. Everything follows from the indices alone.
//
//   level 2            3
//   level 1       1         5
//   level 0     0   2     4   6      nodes
//               0   1     2   3      leaves
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "mls/wire/types.h"

namespace sotto::mls {

// A limit of ours: no tree is wider. Its node indices fit 32 bits with room to spare.
inline constexpr std::uint32_t kMaxLeafCount = 1u << 16;

constexpr bool is_leaf(NodeIndex node) {
  return (node.value & 1) == 0;
}
constexpr NodeIndex node_of(LeafIndex leaf) {
  return {leaf.value * 2};
}
// `node` is a leaf.
constexpr LeafIndex leaf_of(NodeIndex node) {
  return {node.value / 2};
}

constexpr int level(NodeIndex node) {
  return std::countr_one(node.value);
}

// `leaf_count` is a power of two from here on.
constexpr std::uint32_t node_count(std::uint32_t leaf_count) {
  return 2 * leaf_count - 1;
}
constexpr NodeIndex root(std::uint32_t leaf_count) {
  return {leaf_count - 1};
}

// `node` is a parent.
constexpr NodeIndex left(NodeIndex node) {
  return {node.value ^ (1u << (level(node) - 1))};
}
constexpr NodeIndex right(NodeIndex node) {
  return {node.value ^ (3u << (level(node) - 1))};
}

// `node` is not the root.
constexpr NodeIndex parent(NodeIndex node) {
  int k = level(node);
  return {(node.value | 1u << k) & ~(2u << k)};
}
constexpr NodeIndex sibling(NodeIndex node) {
  return {node.value ^ (2u << level(node))};
}

// The leaves below `node` (or `node` itself): leaf_width() of them, from first_leaf() on.
constexpr std::uint32_t leaf_width(NodeIndex node) {
  return 1u << level(node);
}
constexpr LeafIndex first_leaf(NodeIndex node) {
  return {(node.value - (leaf_width(node) - 1)) / 2};
}
constexpr bool covers(NodeIndex node, LeafIndex leaf) {
  return leaf.value - first_leaf(node).value < leaf_width(node);
}
// The node at that level above (or at) the leaf.
constexpr NodeIndex ancestor(LeafIndex leaf, int at_level) {
  return {(leaf.value >> at_level << (at_level + 1)) + (1u << at_level) - 1};
}
// The lowest node above both.
constexpr NodeIndex common_ancestor(LeafIndex a, LeafIndex b) {
  return ancestor(a, std::bit_width(a.value ^ b.value));
}

// From the leaf's parent to the root; empty when the leaf is the root.
std::vector<NodeIndex> direct_path(LeafIndex leaf, std::uint32_t leaf_count);

}  // namespace sotto::mls
