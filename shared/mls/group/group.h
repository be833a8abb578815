// One member's view of one group (RFC 9420). No clock, no I/O: messages go in and come out as
// bytes, time and randomness are arguments.
//
//   bytes -> handle() -> StoredProposal       kept until the epoch ends
//                     -> ApplicationMessage
//                     -> StagedCommit         valid; look at it, then apply() it or drop it
//                     -> OwnCommit            my pending one came back: merge_pending_commit()
//
//   commit() -> bytes, Welcome; pending until merge_pending_commit() or discard_pending_commit(),
//               since the delivery service may let another member's commit win
//
// A message that is refused, at whatever step and for whatever reason, leaves the group bit for bit
// as it was; so does a staged commit that is dropped. Failures to decrypt or to verify are
// kUnauthenticated, messages against the rules kMalformed, of another epoch kWrongState (a future
// one), kExpired (a past one that is gone).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"
#include "crypto/secret.h"
#include "mls/bytes.h"
#include "mls/group/group_options.h"
#include "mls/group/staged_commit.h"

namespace sotto::mls {

struct GroupState;  // group_state.h
struct ExternalJoin;

// A proposal that waits for a commit (section 12.1).
struct StoredProposal {
  Bytes reference;  // its ProposalRef
  Sender sender;
  std::shared_ptr<const Proposal> proposal;
  Bytes authenticated_data;
};

struct ApplicationMessage {
  std::uint64_t epoch = 0;
  LeafIndex sender;
  Bytes content;
  Bytes authenticated_data;
};

struct OwnCommit {};

using Handled = std::variant<StoredProposal, ApplicationMessage, StagedCommit, OwnCommit>;

struct Member {
  LeafIndex leaf;
  std::shared_ptr<const LeafNode> leaf_node;
};

// A Welcome, and the KeyPackages that it is for.
struct WelcomeMessage {
  std::vector<Bytes> references;
  Bytes message;
};

struct CommitMessages {
  Bytes commit;
  std::vector<WelcomeMessage> welcomes;  // to be released when the commit has won
};

class Group {
 public:
  // Section 11: alone, epoch 0.
  static Result<Group> create(CreateOptions options, SignatureKeyPair signature_key,
                              RandomSource& random);
  // Sections 11.2 and 11.3: alone, epoch 0; the first commit carries the resumption PSK by itself.
  // For reinitialize() `old` must have applied a commit with ReInit, which overrides what it names.
  static Result<Group> reinitialize(const Group& old, CreateOptions options,
                                    SignatureKeyPair signature_key, RandomSource& random);
  static Result<Group> branch(const Group& old, CreateOptions options,
                              SignatureKeyPair signature_key, RandomSource& random);
  // Section 12.4.3.1. `welcome` is an MLSMessage. kNotFound if it is not for this KeyPackage. Takes
  // the KeyPackage's keys only when it succeeds; its init key is wiped then.
  static Result<Group> join(ByteView welcome, OwnKeyPackage& key_package,
                            const JoinOptions& options);
  // Section 12.4.3.2. `group_info` is an MLSMessage with external_pub.
  static Result<ExternalJoin> join_externally(ByteView group_info, ExternalJoinOptions options,
                                              SignatureKeyPair signature_key, RandomSource& random);

  Group(Group&&) noexcept;
  Group& operator=(Group&&) noexcept;
  ~Group();

  // What the group is.
  std::uint64_t epoch() const;
  const Bytes& group_id() const;
  CipherSuite cipher_suite() const;
  const GroupContext& context() const;
  LeafIndex own_leaf() const;
  // Null for a blank leaf or one outside the tree.
  std::shared_ptr<const LeafNode> leaf_node(LeafIndex leaf) const;
  std::vector<Member> members() const;  // from left to right
  // Whether a key of this leaf node's stands in the tree: then it cannot be added.
  bool holds_key_of(const LeafNode& leaf_node) const;
  std::size_t member_count() const;
  std::uint32_t leaf_width() const;             // of the tree, blanks included: a power of two
  bool active() const;                          // neither removed nor reinitialized
  const std::optional<ReInit>& reinit() const;  // of the last commit

  // Proposals by reference: the message to send. Mine are stored like everybody's. (ExternalInit is
  // not for members: section 12.1.6.)
  Result<Bytes> propose(Proposal proposal, const ProposeOptions& options, RandomSource& random);
  Result<Bytes> propose_update(LeafNodeChanges changes, const ProposeOptions& options,
                               RandomSource& random);
  const std::vector<std::shared_ptr<const StoredProposal>>& stored_proposals() const;
  // What the application will not have committed. False if there is none.
  bool drop_proposal(ByteView reference);

  // Section 12.4.1. Replaces a pending commit. kMalformed if the list of proposals is not valid.
  Result<CommitMessages> commit(CommitOptions options, RandomSource& random);
  const StagedCommit* pending_commit() const;
  Result<CommitEffects> merge_pending_commit();
  void discard_pending_commit();

  // Of an MLSMessage. kAlreadyExists for other handshake messages of my own.
  Result<Handled> handle(ByteView message, const HandleOptions& options = {});
  // kWrongState unless it was staged by this group in this epoch.
  Result<CommitEffects> apply(StagedCommit staged);

  // Application data, as an MLSMessage. kWrongState while proposals wait for a commit
  // (section 12.4).
  Result<Bytes> protect(ByteView content, const ProtectOptions& options, RandomSource& random);

  // Section 8.5; of the current epoch. `length` is at most 255 * 32.
  Result<void> exporter(std::string_view label, ByteView context, MutableBytes out) const;
  const Secret<32>& epoch_authenticator() const;
  // Section 8.6; null for an epoch that is not kept.
  const Secret<32>* resumption_psk(std::uint64_t epoch) const;
  // As an MLSMessage.
  Result<Bytes> group_info(const GroupInfoOptions& options, RandomSource& random) const;
  Bytes ratchet_tree() const;  // for JoinOptions::ratchet_tree

  // Wipes whatever is kept of a past epoch. False if there was nothing.
  bool forget_epoch(std::uint64_t epoch);
  // The past epochs that are kept, oldest first.
  std::vector<std::uint64_t> past_epochs() const;

#ifndef __EMSCRIPTEN__
  // The whole state with all its secrets, to be sealed by the caller; without a pending commit. A
  // restored group can read, but sends nothing except a commit with a path until one has been
  // merged or applied, since a copy of its state may have gone on sending.
  Bytes save() const;
  static Result<Group> restore(ByteView state, const GroupOptions& options);
#endif

 private:
  friend struct GroupAccess;  // defined by tests only
  explicit Group(std::unique_ptr<GroupState> state);
  std::unique_ptr<GroupState> state_;
};

// The group as it will be once the others have accepted `commit`.
struct ExternalJoin {
  Group group;
  Bytes commit;
};

}  // namespace sotto::mls
