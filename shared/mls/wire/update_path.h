// Update paths (RFC 9420 section 7.6).
#pragma once

#include <vector>

#include "mls/wire/hpke_ciphertext.h"
#include "mls/wire/leaf_node.h"

namespace sotto::mls {

struct UpdatePathNode {
  HpkePublicKey encryption_key;
  HpkeCiphertexts encrypted_path_secret;
  friend bool operator==(const UpdatePathNode&, const UpdatePathNode&) = default;
};

// Leaves have indices of 32 bits.
inline constexpr std::size_t kLongestPath = 32;

struct UpdatePath {
  LeafNode leaf_node;
  std::vector<UpdatePathNode> nodes;
  friend bool operator==(const UpdatePath&, const UpdatePath&) = default;
};

void read(Reader& in, UpdatePathNode& node);
void write(Writer& out, const UpdatePathNode& node);
// More nodes than kLongestPath are malformed.
void read(Reader& in, UpdatePath& path);
void write(Writer& out, const UpdatePath& path);

}  // namespace sotto::mls
