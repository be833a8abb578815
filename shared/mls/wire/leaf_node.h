// Leaf nodes (RFC 9420 section 7.2).
#pragma once

#include <vector>

#include "mls/wire/credential.h"
#include "mls/wire/extension.h"

namespace sotto::mls {

// Any values are carried, GREASE among them.
struct Capabilities {
  std::vector<ProtocolVersion> versions;
  std::vector<CipherSuite> cipher_suites;
  std::vector<ExtensionType> extensions;
  std::vector<ProposalType> proposals;
  std::vector<CredentialType> credentials;
  friend bool operator==(const Capabilities&, const Capabilities&) = default;
};

// Seconds since 1970, both ends included.
struct Lifetime {
  std::uint64_t not_before = 0;
  std::uint64_t not_after = 0;
  friend bool operator==(const Lifetime&, const Lifetime&) = default;
};

struct LeafNode {
  HpkePublicKey encryption_key;
  SignaturePublicKey signature_key;
  Credential credential;
  Capabilities capabilities;
  LeafNodeSource leaf_node_source = LeafNodeSource::kKeyPackage;
  Lifetime lifetime;  // of key_package alone
  Bytes parent_hash;  // of commit alone
  Extensions extensions;
  Bytes signature;
  friend bool operator==(const LeafNode&, const LeafNode&) = default;
};

void read(Reader& in, Capabilities& capabilities);
void write(Writer& out, const Capabilities& capabilities);
void read(Reader& in, LeafNode& leaf_node);
void write(Writer& out, const LeafNode& leaf_node);

// LeafNodeTBS, signed as "LeafNodeTBS". The group and the place count for the sources update and
// commit only; a leaf of a KeyPackage is of no group.
Bytes leaf_node_tbs(const LeafNode& leaf_node, ByteView group_id, LeafIndex leaf_index);

}  // namespace sotto::mls
