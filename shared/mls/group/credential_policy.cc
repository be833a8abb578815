#include "mls/group/credential_policy.h"

namespace sotto::mls {

bool CredentialPolicy::accepts_successor(const LeafNode&, const LeafNode&) const {
  return true;
}

bool CredentialPolicy::same_client(const LeafNode& one, const LeafNode& other) const {
  return one.signature_key == other.signature_key;
}

bool CredentialPolicy::same_member(const LeafNode& one, const LeafNode& other) const {
  return one.credential == other.credential;
}

const CredentialPolicy& default_credential_policy() {
  static const CredentialPolicy policy;
  return policy;
}

}  // namespace sotto::mls
