#include "mls/group/own_leaf_node.h"

#include "mls/group/capabilities.h"

namespace sotto::mls {

void set_options(LeafNode& leaf_node, LeafNodeOptions options,
                 const SignatureKeyPair& signature_key, RandomSource& random) {
  leaf_node.signature_key = to_bytes(signature_key.public_key());
  leaf_node.credential = std::move(options.credential);
  leaf_node.capabilities = std::move(options.capabilities);
  if (options.grease) add_grease(leaf_node.capabilities, random);
  leaf_node.extensions = std::move(options.extensions);
}

void apply_changes(LeafNode& leaf_node, const LeafNodeChanges& changes) {
  if (changes.credential) leaf_node.credential = Credential(*changes.credential);
  if (changes.capabilities) leaf_node.capabilities = Capabilities(*changes.capabilities);
  if (changes.extensions) leaf_node.extensions = Extensions(*changes.extensions);
  if (changes.signature_key) {
    leaf_node.signature_key = to_bytes(changes.signature_key->public_key());
  }
}

void sign_leaf_node(LeafNode& leaf_node, ByteView group_id, LeafIndex leaf,
                    const SignatureKeyPair& signature_key) {
  leaf_node.signature =
      sign_with_label(signature_key, "LeafNodeTBS", leaf_node_tbs(leaf_node, group_id, leaf));
}

}  // namespace sotto::mls
