// What a room accepts as a credential: an identity that vouches for the leaf's key in this room.
// The group asks while it looks at a message; each signature is verified once.
#pragma once

#include <string>

#include "mls/group/credential_policy.h"
#include "room/policy.h"

namespace sotto::room {

class IdentityPolicy : public mls::CredentialPolicy {
 public:
  explicit IdentityPolicy(std::string room_id, Policy policy = {});

  bool accepts(const mls::LeafNode& leaf_node) const override;
  bool accepts_among(const mls::LeafNode& leaf_node, Ed25519Many& many) const override;
  // The same identity, which vouches for the new leaf key.
  bool accepts_successor(const mls::LeafNode& before, const mls::LeafNode& after) const override;
  // Rooms have no external senders.
  bool accepts(const mls::ExternalSender& sender) const override;
  bool accepts_new_member_proposal(const mls::KeyPackage& key_package) const override;

 private:
  bool vouched_for(const mls::LeafNode& leaf_node, Ed25519Many* many) const;

  std::string room_id_;
  Policy policy_;
};

}  // namespace sotto::room
