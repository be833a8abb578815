// What callers choose, one struct for each thing that a group does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "mls/bytes.h"
#include "mls/group/credential_policy.h"
#include "mls/group/key_package_generation.h"
#include "mls/group/psk_store.h"
#include "mls/keys/hash_ratchet.h"
#include "mls/wire/proposal.h"

namespace sotto::mls {

class Group;
struct UnopenedPath;  // staged_commit.h

// Seconds since the Unix epoch. Where none is given, lifetimes are not looked at.
using UnixTime = std::uint64_t;

// Holds for a group as long as it lives.
struct GroupOptions {
  const CredentialPolicy* credential_policy = nullptr;  // the default one; must outlive the group
  // Past epochs whose late application messages still open, and whose resumption PSKs are kept.
  std::size_t past_epochs = 2;
  std::size_t resumption_epochs = 2;
  RatchetLimits ratchets;
  // The longest lifetime of a KeyPackage (section 7.2), in seconds; looked at with the time.
  std::uint64_t max_lifetime = 100 * 24 * 3600;
  // Handshake messages as PrivateMessages; false: as PublicMessages.
  bool private_handshake = true;
  // Handshake messages are padded to a multiple of this many bytes; 0 and 1: not at all.
  std::size_t handshake_padding = 0;
  // Proposals that wait for a commit; more are refused with kExhausted.
  std::size_t max_stored_proposals = 2048;
};

struct CreateOptions {
  CipherSuite cipher_suite = CipherSuite::kX25519ChaCha20Poly1305Sha256Ed25519;
  Bytes group_id;
  Extensions extensions;  // of the GroupContext
  LeafNodeOptions leaf_node;
  Lifetime lifetime;
  GroupOptions group;
};

struct JoinOptions {
  const PskStore* psks = nullptr;
  std::optional<ByteView> ratchet_tree;  // where it does not travel in the Welcome (or GroupInfo)
  std::optional<UnixTime> now;
  std::span<const Bytes> groups_in_use;  // group_ids that I am a member of: section 12.4.3.1
  // The group that this one replaces or branches from, as I know it. A Welcome that says to be such
  // a successor is refused without it.
  const Group* origin = nullptr;
  GroupOptions group;
};

struct ExternalJoinOptions {
  LeafNodeOptions leaf_node;
  const PskStore* psks = nullptr;
  std::vector<PreSharedKeyId> psk_ids;  // to be injected; psk_nonce is filled in
  std::optional<LeafIndex> resync;      // my former self, which the commit removes
  Bytes authenticated_data;
  std::optional<ByteView> ratchet_tree;
  std::optional<UnixTime> now;
  std::span<const Bytes> groups_in_use;
  GroupOptions group;
};

struct ProposeOptions {
  Bytes authenticated_data;
  std::optional<UnixTime> now;
};

// What an Update, or a commit's path, changes in my own leaf besides its encryption_key.
struct LeafNodeChanges {
  std::optional<Credential> credential;
  std::optional<Capabilities> capabilities;
  std::optional<Extensions> extensions;
  std::optional<SignatureKeyPair> signature_key;
};

struct GroupInfoOptions {
  bool ratchet_tree = true;
  bool external_pub = false;  // needed for external commits
  Extensions extensions;      // further ones
  bool grease = true;
};

struct CommitOptions {
  std::vector<Proposal> proposals;  // by value; `psk_nonce`s left empty are filled in
  bool stored_proposals = true;     // by reference, those of the epoch that make a valid list
  bool path = true;                 // false: only where the RFC demands one (section 12.4)
  LeafNodeChanges leaf_node;        // of the path
  GroupInfoOptions group_info;      // in the Welcome
  bool welcome_each = false;        // one Welcome for each new member instead of one for all
  const PskStore* psks = nullptr;
  Bytes authenticated_data;
  std::optional<UnixTime> now;
};

struct HandleOptions {
  const PskStore* psks = nullptr;
  std::optional<UnixTime> now;
  // Filled in when a commit is refused for nothing but a path that does not open here.
  std::optional<UnopenedPath>* unopened_path = nullptr;
};

struct ProtectOptions {
  Bytes authenticated_data;
  std::size_t padding = 1;  // what is encrypted is filled up with zeros to a multiple of it
};

}  // namespace sotto::mls
