// The Authentication Service of RFC 9420 section 5.3.1, as far as it can be asked while a message
// is looked at: what the application accepts as a member's credential.
#pragma once

#include "base/bytes.h"
#include "crypto/ed25519_many.h"
#include "mls/wire/key_package.h"
#include "mls/wire/leaf_node.h"
#include "mls/wire/typed_extensions.h"

namespace sotto::mls {

// Every question is asked about bytes that are already authenticated, and before anything changes.
// An answer of false refuses the message with kUnauthenticated. Answers may depend on the arguments
// only: members who answer differently part ways.
class CredentialPolicy {
 public:
  virtual ~CredentialPolicy() = default;

  // A credential that is new to the group, or to me: of a KeyPackage to be added, of an external
  // joiner, of each leaf of the tree that I join by.
  virtual bool accepts(const LeafNode&) const { return true; }
  // The same of one of many leaves, none of which counts before `many` is finished: what there is
  // to verify may be added to it.
  virtual bool accepts_among(const LeafNode& leaf_node, Ed25519Many& many) const {
    (void)many;
    return accepts(leaf_node);
  }

  // A member's leaf replaced by its Update, its commit's path, or its return by an external commit.
  // Where credential and signature key stay as they were, it is asked about a return only.
  virtual bool accepts_successor(const LeafNode& before, const LeafNode& after) const;

  // Section 12.2: do two leaves represent the same client? Two with one signature key are refused
  // anyway (section 7.3); whoever wants more also says that each new leaf is to be compared with
  // all others.
  virtual bool compares_clients() const { return false; }
  virtual bool same_client(const LeafNode& one, const LeafNode& other) const;

  // Sections 11.2 and 11.3: do the members of two groups match? By default those with the same
  // credential.
  virtual bool same_member(const LeafNode& one, const LeafNode& other) const;

  // Section 12.1.8.1: an entry of the extension that a group is created with, joined with, or
  // given.
  virtual bool accepts(const ExternalSender&) const { return true; }

  // Section 12.1.8: an Add that the joiner itself proposes from outside. Refused by default.
  virtual bool accepts_new_member_proposal(const KeyPackage&) const { return false; }
};

// Accepts whatever RFC 9420 itself does.
const CredentialPolicy& default_credential_policy();

}  // namespace sotto::mls
