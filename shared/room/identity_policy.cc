#include "room/identity_policy.h"

#include "room/identity.h"
#include "room/roster.h"

namespace sotto::room {

IdentityPolicy::IdentityPolicy(std::string room_id, Policy policy)
    : room_id_(std::move(room_id)), policy_(policy) {}

bool IdentityPolicy::accepts(const mls::LeafNode& leaf_node) const {
  return vouched_for(leaf_node, nullptr);
}

bool IdentityPolicy::accepts_among(const mls::LeafNode& leaf_node, Ed25519Many& many) const {
  return vouched_for(leaf_node, &many);
}

bool IdentityPolicy::vouched_for(const mls::LeafNode& leaf_node, Ed25519Many* many) const {
  if (leaf_node.credential.credential_type != mls::CredentialType::kBasic) return false;
  return verify_leaf_identity(leaf_node.credential.identity, room_id_, leaf_node.signature_key,
                              policy_, many)
      .has_value();
}

bool IdentityPolicy::accepts_successor(const mls::LeafNode& before,
                                       const mls::LeafNode& after) const {
  if (!accepts(after)) return false;
  if (!policy_.has(Rule::kIdentityStays)) return true;
  const auto old_identity = identity_of(before);
  const auto new_identity = identity_of(after);
  return old_identity && new_identity && old_identity->is_same_person(*new_identity);
}

bool IdentityPolicy::accepts(const mls::ExternalSender&) const {
  return !policy_.has(Rule::kNoExternalProposals);
}

bool IdentityPolicy::accepts_new_member_proposal(const mls::KeyPackage&) const {
  return !policy_.has(Rule::kNoExternalProposals);
}

}  // namespace sotto::room
