// TreeKEM (RFC 9420 sections 7.4 to 7.6): one member's fresh secrets for its path, sealed to
// everybody else. Both sides change a copy of the tree first, since what is sealed is bound to the
// GroupContext of the tree that comes out:
//
//   committer            draft_path -> tree_hash, GroupContext -> seal_path -> UpdatePath
//   everybody else       merge_path -> tree_hash, GroupContext -> open_path -> commit_secret
//
// `tree` has the commit's proposals applied in all of them, and `added` are the leaves that its
// Adds made, in order: a path is not sealed to them. `group_context` is the encoded provisional
// one.
#pragma once

#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"
#include "crypto/hpke.h"
#include "crypto/secret.h"
#include "mls/keys/sign_with_label.h"
#include "mls/keys/suite.h"
#include "mls/tree/ratchet_tree.h"
#include "mls/tree/tree_private_keys.h"
#include "mls/wire/update_path.h"

namespace sotto::mls {

struct DraftPath {
  LeafPointer leaf_node;
  std::vector<FilteredNode> filtered_direct_path;
  std::vector<Secret<kNh>> path_secrets;  // beside it
  Secret<kNh> commit_secret;

  // For the Welcome of a member that the commit added: of the lowest node above both.
  // `sender` is the committer. Null when there is none.
  const Secret<kNh>* path_secret_for(LeafIndex sender, LeafIndex added) const;
};

// `leaf_node` gives everything but encryption_key, leaf_node_source, parent_hash and signature,
// which are made here. Merges the path into `tree` and its keys into `keys`, whose leaf is the
// sender's. On an error `tree` and `keys` are of no use any more.
Result<DraftPath> draft_path(RatchetTree& tree, TreePrivateKeys& keys, LeafNode leaf_node,
                             ByteView group_id, const SignatureKeyPair& signer,
                             RandomSource& random);

Result<UpdatePath> seal_path(Suite suite, const RatchetTree& tree, const DraftPath& draft,
                             std::span<const LeafIndex> added, ByteView group_context,
                             RandomSource& random);

// Checks the path against the tree and merges it: as many nodes, and as many ciphertexts for each,
// as there have to be; keys that stand nowhere in the tree, the sender's old leaf included; the
// leaf's parent_hash. The rules for the leaf itself are in leaf_validation.h. kMalformed,
// kAlreadyExists for keys, kUnauthenticated for the parent_hash; then `tree` is as it was.
Result<void> merge_path(RatchetTree& tree, LeafIndex sender, const UpdatePath& path,
                        std::span<const LeafIndex> added);

// Of the merged path: opens the one ciphertext that is for `keys`, derives everything above it and
// returns the commit_secret. kUnauthenticated, also when a derived key is not the path's; then
// `keys` is as it was. Needs a member other than the sender and the added ones.
Result<Secret<kNh>> open_path(Suite suite, const RatchetTree& tree, LeafIndex sender,
                              const UpdatePath& path, std::span<const LeafIndex> added,
                              ByteView group_context, TreePrivateKeys& keys);

}  // namespace sotto::mls
