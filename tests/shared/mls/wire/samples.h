// One of each structure, every field of it with a value of its own. Nothing is signed.
#pragma once

#include "mls/wire/mls_message.h"
#include "mls/wire/ratchet_tree_node.h"

namespace sotto::mls::test {

// 32 bytes: `first`, and rising from there.
inline Bytes rising(std::uint8_t first) {
  Bytes bytes(32);
  for (std::uint8_t& byte : bytes) byte = first++;
  return bytes;
}

constexpr auto kGrease = static_cast<ExtensionType>(0x3a3a);

inline LeafNode sample_leaf_node(LeafNodeSource source = LeafNodeSource::kKeyPackage) {
  LeafNode leaf_node;
  leaf_node.encryption_key = rising(0x10);
  leaf_node.signature_key = rising(0x20);
  leaf_node.credential = basic_credential(as_bytes("Ada"));
  leaf_node.capabilities.versions = {ProtocolVersion::kMls10};
  leaf_node.capabilities.cipher_suites = {CipherSuite::kX25519ChaCha20Poly1305Sha256Ed25519,
                                          static_cast<CipherSuite>(0x5a5a)};
  leaf_node.capabilities.extensions = {kGrease};
  leaf_node.capabilities.proposals = {static_cast<ProposalType>(0x7a7a)};
  leaf_node.capabilities.credentials = {CredentialType::kBasic};
  leaf_node.leaf_node_source = source;
  if (source == LeafNodeSource::kKeyPackage) leaf_node.lifetime = {1000, 2000};
  if (source == LeafNodeSource::kCommit) leaf_node.parent_hash = rising(0x30);
  leaf_node.extensions = {{kGrease, {1, 2, 3}}};
  leaf_node.signature = Bytes(64, 0x40);
  return leaf_node;
}

inline KeyPackage sample_key_package() {
  KeyPackage key_package;
  key_package.cipher_suite = CipherSuite::kX25519ChaCha20Poly1305Sha256Ed25519;
  key_package.init_key = rising(0x50);
  key_package.leaf_node = sample_leaf_node();
  key_package.extensions = {{kGrease, {}}};
  key_package.signature = Bytes(64, 0x60);
  return key_package;
}

inline PreSharedKeyId sample_psk_id() {
  PreSharedKeyId id;
  id.psk_id = {7, 8, 9};
  id.psk_nonce = rising(0x70);
  return id;
}

inline PreSharedKeyId sample_resumption_psk_id() {
  PreSharedKeyId id;
  id.psktype = PskType::kResumption;
  id.usage = ResumptionPskUsage::kBranch;
  id.psk_group_id = {1, 2};
  id.psk_epoch = 0x0102030405060708;
  id.psk_nonce = rising(0x71);
  return id;
}

inline std::vector<Proposal> sample_proposals() {
  return {{Add{sample_key_package()}},
          {Update{sample_leaf_node(LeafNodeSource::kUpdate)}},
          {Remove{LeafIndex{5}}},
          {PreSharedKey{sample_psk_id()}},
          {ReInit{{4, 5}, ProtocolVersion::kMls10, CipherSuite{0x0002}, {{kGrease, {6}}}}},
          {ExternalInit{rising(0x80)}},
          {GroupContextExtensions{{{kGrease, {1}}}}}};
}

inline UpdatePath sample_update_path() {
  UpdatePath path{sample_leaf_node(LeafNodeSource::kCommit), {}};
  for (std::uint8_t i = 0; i < 3; ++i) {
    UpdatePathNode node{rising(i), {}};
    for (std::uint8_t j = 0; j <= i; ++j) {
      node.encrypted_path_secret.push_back({rising(0x90 + j), Bytes(48, j)});
    }
    path.nodes.push_back(std::move(node));
  }
  return path;
}

inline Commit sample_commit() {
  Commit commit;
  for (Proposal& proposal : sample_proposals()) commit.proposals.push_back({std::move(proposal)});
  commit.proposals.push_back({ProposalRef(rising(0xa0))});
  commit.path = sample_update_path();
  return commit;
}

inline GroupContext sample_group_context() {
  GroupContext context;
  context.cipher_suite = CipherSuite::kX25519ChaCha20Poly1305Sha256Ed25519;
  context.group_id = {0xab, 0xcd};
  context.epoch = 77;
  context.tree_hash = rising(0xb0);
  context.confirmed_transcript_hash = rising(0xb1);
  context.extensions = {{ExtensionType::kRequiredCapabilities, {0, 0, 0}}};
  return context;
}

inline GroupInfo sample_group_info() {
  return {sample_group_context(), {{kGrease, {2}}}, rising(0xc0), LeafIndex{3}, Bytes(64, 0xc1)};
}

inline Welcome sample_welcome() {
  return {CipherSuite::kX25519ChaCha20Poly1305Sha256Ed25519,
          {{rising(0xd0), {rising(0xd1), Bytes(99, 1)}}, {rising(0xd2), {rising(0xd3), {}}}},
          Bytes(500, 2)};
}

// From the member at leaf 1 of sample_group_context().
template <typename Content>
FramedContent sample_content(Content content) {
  return {{0xab, 0xcd}, 77, {SenderType::kMember, LeafIndex{1}, 0}, {1, 1}, std::move(content)};
}

}  // namespace sotto::mls::test
