// Tree hashes (RFC 9420 section 7.8).
//
//   leaf:    01 | u32 leaf_index | optional<LeafNode>
//   parent:  02 | optional<ParentNode> | left_hash<V> | right_hash<V>
#pragma once

#include <span>

#include "mls/keys/suite.h"
#include "mls/tree/subtree.h"

namespace sotto::mls {

// Of the subtree at that node; computed once.
HashValue tree_hash(const Subtree& subtree, NodeIndex at);

// The hash of a single node, over the hashes of its children. `content` is null for blank.
HashValue leaf_node_hash(LeafIndex leaf, const LeafNode* content);
HashValue parent_node_hash(const ParentNode* content, const HashValue& left_hash,
                           const HashValue& right_hash);

}  // namespace sotto::mls
