// Everything that a Group holds. Nothing else in this folder keeps state.
#pragma once

#include <list>
#include <memory>
#include <optional>
#include <vector>

#include "mls/group/epoch.h"
#include "mls/group/group.h"

namespace sotto::mls {

// What late application messages are opened with.
struct PastEpoch {
  Suite suite;
  GroupContext context;
  RatchetTree tree;
  Secret<kNh> sender_data_secret;
  SecretTree secret_tree;
};

struct KeptResumptionPsk {
  std::uint64_t epoch;
  Secret<kNh> resumption_psk;
};

// The private side of an Update that I proposed.
struct OwnUpdate {
  ProposalRef reference;
  HpkeKeyPair encryption_key;
  SignatureKeyPointer signature_key;
};

// At epoch 0 of a group that replaces another one or branches from it (sections 11.2 and 11.3).
struct Origin {
  ResumptionPskUsage usage;
  Bytes group_id;
  std::uint64_t epoch;
  Secret<kNh> resumption_psk;
};

struct StagedState {
  GroupContext before;
  GroupContext after;
  LeafIndex own_leaf;  // whose view this is
  Sender sender;
  LeafIndex committer;
  bool has_path = false;
  Bytes authenticated_data;
  std::vector<CommittedProposal> proposals;
  CommitEffects effects;
  LeafPointer path_leaf_before;
  LeafPointer path_leaf_after;
  std::optional<SecretTree::PeekedKey> key;  // of the message, if it was a PrivateMessage
  std::unique_ptr<Epoch> next;               // null when I am removed
};

struct PendingCommit {
  HashValue message_hash;
  StagedCommit staged;
};

struct GroupState {
  explicit GroupState(Epoch first, GroupOptions group_options)
      : options(group_options), epoch(std::move(first)) {}

  const CredentialPolicy& policy() const {
    return options.credential_policy != nullptr ? *options.credential_policy
                                                : default_credential_policy();
  }
  bool active() const { return !removed && !reinit; }

  GroupOptions options;
  Epoch epoch;
  std::list<PastEpoch> past_epochs;              // oldest first
  std::list<KeptResumptionPsk> resumption_psks;  // of past epochs, oldest first
  // Of the current epoch:
  std::vector<std::shared_ptr<const StoredProposal>> proposals;
  std::vector<OwnUpdate> own_updates;
  std::vector<HashValue> sent;  // hashes of my own handshake messages
  std::optional<PendingCommit> pending;
  std::unique_ptr<Origin> origin;

  std::optional<ReInit> reinit;
  bool removed = false;
  bool must_commit = false;  // restored: nothing else may be sent before the epoch moves on
};

}  // namespace sotto::mls
