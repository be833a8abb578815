// The private side of a ratchet tree, as one member holds it: the key pairs of its leaf and of
// those nodes above whose key it knows (RFC 9420 section 4.2). Wiped when it dies.
#pragma once

#include <utility>
#include <vector>

#include "base/result.h"
#include "crypto/hpke.h"
#include "crypto/secret.h"
#include "mls/keys/suite.h"
#include "mls/tree/ratchet_tree.h"

namespace sotto::mls {

class TreePrivateKeys {
 public:
  // An external joiner's, before its path; everybody else sets its leaf's key next.
  explicit TreePrivateKeys(LeafIndex leaf) : leaf_(leaf) {}
  TreePrivateKeys(LeafIndex leaf, HpkeKeyPair leaf_key);

  // To work on while it is not certain yet that a commit is good.
  TreePrivateKeys copy() const;

  LeafIndex leaf() const { return leaf_; }

  // Null where there is none.
  const HpkeKeyPair* find(NodeIndex node) const;
  // For a member's own Update, once it is committed: node_of(leaf()).
  void set(NodeIndex node, HpkeKeyPair key_pair);

  // Forgets every key pair whose public key does not stand at its node in the tree any more.
  void forget_outdated(const RatchetTree& tree);

  // A joiner's, of GroupSecrets.path_secret (section 12.4.3.1): the keys from the common ancestor
  // with the signer up to the root. kUnauthenticated when one is not the tree's.
  Result<void> implant(const RatchetTree& tree, LeafIndex signer, const Secret<kNh>& path_secret);

  // kUnauthenticated when a key pair is not the tree's, or the leaf's is missing.
  Result<void> check(const RatchetTree& tree) const;

 private:
  LeafIndex leaf_;
  std::vector<std::pair<NodeIndex, HpkeKeyPair>> keys_;  // as many as the tree has levels, at most
};

}  // namespace sotto::mls
