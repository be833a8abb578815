#include "mls/tree/tree_private_keys.h"

#include <algorithm>

#include "mls/tree/path_secret.h"

namespace sotto::mls {

TreePrivateKeys::TreePrivateKeys(LeafIndex leaf, HpkeKeyPair leaf_key) : leaf_(leaf) {
  set(node_of(leaf), std::move(leaf_key));
}

TreePrivateKeys TreePrivateKeys::copy() const {
  TreePrivateKeys copied(leaf_);
  copied.keys_.reserve(keys_.size());
  for (const auto& [node, key_pair] : keys_) {
    copied.keys_.emplace_back(
        node, HpkeKeyPair{Secret<kNsk>(key_pair.private_key.view()), key_pair.public_key});
  }
  return copied;
}

const HpkeKeyPair* TreePrivateKeys::find(NodeIndex node) const {
  for (const auto& [at, key_pair] : keys_) {
    if (at == node) return &key_pair;
  }
  return nullptr;
}

void TreePrivateKeys::set(NodeIndex node, HpkeKeyPair key_pair) {
  for (auto& [at, existing] : keys_) {
    if (at == node) {
      existing = std::move(key_pair);
      return;
    }
  }
  keys_.emplace_back(node, std::move(key_pair));
}

void TreePrivateKeys::forget_outdated(const RatchetTree& tree) {
  std::erase_if(keys_, [&](const auto& entry) {
    return !equal(tree.encryption_key(entry.first), entry.second.public_key);
  });
}

Result<void> TreePrivateKeys::implant(const RatchetTree& tree, LeafIndex signer,
                                      const Secret<kNh>& path_secret) {
  if (signer == leaf_ || signer.value >= tree.leaf_count() || leaf_.value >= tree.leaf_count()) {
    return fail(Error::kUnauthenticated);
  }
  // The signer's filtered direct path: after its commit, no other node above it is filled.
  NodeIndex node = common_ancestor(leaf_, signer);
  if (tree.is_blank(node)) return fail(Error::kUnauthenticated);
  TreePrivateKeys found(leaf_);
  Secret<kNh> secret(path_secret.view());
  for (;; node = parent(node)) {
    if (!tree.is_blank(node)) {
      HpkeKeyPair key_pair = node_key_pair(secret);
      if (!equal(tree.encryption_key(node), key_pair.public_key)) {
        return fail(Error::kUnauthenticated);
      }
      found.set(node, std::move(key_pair));
      secret = next_path_secret(secret);
    }
    if (node == tree.root()) break;
  }
  for (auto& [at, key_pair] : found.keys_) set(at, std::move(key_pair));
  return {};
}

Result<void> TreePrivateKeys::check(const RatchetTree& tree) const {
  bool good = find(node_of(leaf_)) != nullptr &&
              std::all_of(keys_.begin(), keys_.end(), [&](const auto& entry) {
                return equal(tree.encryption_key(entry.first), entry.second.public_key);
              });
  if (!good) return fail(Error::kUnauthenticated);
  return {};
}

}  // namespace sotto::mls
