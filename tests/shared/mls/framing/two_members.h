// An epoch of a group of two members, with whatever framing needs of it, and one external sender.
#pragma once

#include "mls/framing/content_signature.h"
#include "mls/framing/private_framing.h"
#include "mls/framing/public_framing.h"
#include "mls/wire/typed_extensions.h"
#include "shared/mls/wire/samples.h"
#include "support/seeded_random.h"

namespace sotto::mls::test {

constexpr LeafIndex kAda{0};
constexpr LeafIndex kBob{1};

class TwoMembers {
 public:
  explicit TwoMembers(Suite suite = Suite::kX25519ChaCha20Poly1305Sha256Ed25519) : suite_(suite) {
    context_ = sample_group_context();
    context_.cipher_suite = cipher_suite_of(suite);
    set_extension(context_.extensions,
                  make_extension(ExternalSenders{
                      {{Bytes(32, 1), {}}, {to_bytes(service_.public_key()), {}}}}));
    ada_leaf_.signature_key = to_bytes(ada_.public_key());
    bob_leaf_.signature_key = to_bytes(bob_.public_key());
  }

  EpochKeys keys() const {
    return {suite_, context_, membership_key_, sender_data_secret_,
            [this](LeafIndex leaf) { return leaf_node(leaf); }};
  }
  SecretTree secret_tree() const { return {suite_, secret(3), 2}; }
  GroupContext& context() { return context_; }
  const SignatureKeyPair& bob() const { return bob_; }
  const SignatureKeyPair& service() const { return service_; }
  const SignatureKeyPair& newcomer() const { return newcomer_; }

  // From Bob, signed; a commit has some confirmation tag.
  template <typename Content>
  AuthenticatedContent from_bob(WireFormat wire_format, Content content) const {
    return sign(wire_format, {SenderType::kMember, kBob, 0}, std::move(content), bob_);
  }
  template <typename Content>
  AuthenticatedContent sign(WireFormat wire_format, Sender sender, Content content,
                            const SignatureKeyPair& key_pair) const {
    FramedContent framed{context_.group_id, context_.epoch, sender, {1, 1}, std::move(content)};
    const bool commit = framed.commit() != nullptr;
    auto signed_content = sign_content(wire_format, std::move(framed), context_, key_pair);
    if (commit) signed_content.auth.confirmation_tag = Bytes(32, 9);
    return signed_content;
  }

  // A proposal to add the newcomer, and a commit in which it joins.
  Proposal add_newcomer() const {
    KeyPackage key_package = sample_key_package();
    key_package.leaf_node.signature_key = to_bytes(newcomer_.public_key());
    return {Add{std::move(key_package)}};
  }
  Commit external_commit() const {
    Commit commit{{{Proposal{ExternalInit{rising(1)}}}}, sample_update_path()};
    commit.path->leaf_node.signature_key = to_bytes(newcomer_.public_key());
    return commit;
  }

 private:
  static SignatureKeyPair key_pair(std::uint64_t seed) {
    sotto::test::SeededRandom random(seed);
    return SignatureKeyPair::generate(random);
  }
  static Secret<32> secret(std::uint8_t first) {
    return Secret<32>(ByteView(rising(first)).first<32>());
  }
  const LeafNode* leaf_node(LeafIndex leaf) const {
    if (leaf == kAda) return &ada_leaf_;
    return leaf == kBob ? &bob_leaf_ : nullptr;
  }

  Suite suite_;
  GroupContext context_;
  SignatureKeyPair ada_ = key_pair(1), bob_ = key_pair(2), service_ = key_pair(3);
  SignatureKeyPair newcomer_ = key_pair(4);
  LeafNode ada_leaf_ = sample_leaf_node(), bob_leaf_ = sample_leaf_node();
  Secret<32> membership_key_ = secret(1), sender_data_secret_ = secret(2);
};

}  // namespace sotto::mls::test
