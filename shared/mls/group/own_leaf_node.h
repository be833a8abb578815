// What I say of myself in a leaf node (RFC 9420 section 7.2).
#pragma once

#include "base/bytes.h"
#include "base/random.h"
#include "mls/group/group_options.h"
#include "mls/wire/leaf_node.h"

namespace sotto::mls {

// Credential, capabilities, extensions and signature_key; not the signature.
void set_options(LeafNode& leaf_node, LeafNodeOptions options,
                 const SignatureKeyPair& signature_key, RandomSource& random);

// What an Update or a path changes. The signature key stays for the caller to take.
void apply_changes(LeafNode& leaf_node, const LeafNodeChanges& changes);

void sign_leaf_node(LeafNode& leaf_node, ByteView group_id, LeafIndex leaf,
                    const SignatureKeyPair& signature_key);

}  // namespace sotto::mls
