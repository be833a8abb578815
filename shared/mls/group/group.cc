#include "mls/group/group.h"

#include <algorithm>

#include "base/sort.h"
#include "mls/group/commit_creation.h"
#include "mls/group/epoch_change.h"
#include "mls/group/external_join.h"
#include "mls/group/group_creation.h"
#include "mls/group/group_info_creation.h"
#include "mls/group/group_state.h"
#include "mls/group/message_handling.h"
#include "mls/group/psk_lookup.h"
#include "mls/group/sending.h"
#include "mls/group/successor.h"
#include "mls/group/welcome_join.h"
#include "mls/keys/exporter.h"
#include "mls/wire/mls_message.h"

namespace sotto::mls {

Group::Group(std::unique_ptr<GroupState> state) : state_(std::move(state)) {}
Group::Group(Group&&) noexcept = default;
Group& Group::operator=(Group&&) noexcept = default;
Group::~Group() = default;

Result<Group> Group::create(CreateOptions options, SignatureKeyPair signature_key,
                            RandomSource& random) {
  TRY(auto&& state, create_group(std::move(options), std::move(signature_key), random));
  return Group(std::move(state));
}

Result<Group> Group::reinitialize(const Group& old, CreateOptions options,
                                  SignatureKeyPair signature_key, RandomSource& random) {
  TRY(auto&& origin, prepare_reinit(*old.state_, options));
  TRY(auto&& state, create_group(std::move(options), std::move(signature_key), random));
  state->origin = std::move(origin);
  return Group(std::move(state));
}

Result<Group> Group::branch(const Group& old, CreateOptions options, SignatureKeyPair signature_key,
                            RandomSource& random) {
  TRY(auto&& origin, prepare_branch(*old.state_, options));
  TRY(auto&& state, create_group(std::move(options), std::move(signature_key), random));
  state->origin = std::move(origin);
  return Group(std::move(state));
}

Result<Group> Group::join(ByteView welcome, OwnKeyPackage& key_package,
                          const JoinOptions& options) {
  TRY(MlsMessage && message, decode<MlsMessage>(welcome));
  auto* body = message.as<Welcome>();
  if (body == nullptr) return fail(Error::kMalformed);
  const GroupState* origin = options.origin != nullptr ? options.origin->state_.get() : nullptr;
  TRY(auto&& state, join_group(*body, key_package, options, origin));
  return Group(std::move(state));
}

Result<ExternalJoin> Group::join_externally(ByteView group_info, ExternalJoinOptions options,
                                            SignatureKeyPair signature_key, RandomSource& random) {
  TRY(MlsMessage && message, decode<MlsMessage>(group_info));
  auto* body = message.as<GroupInfo>();
  if (body == nullptr) return fail(Error::kMalformed);
  TRY(ExternallyJoined && joined,
      mls::join_externally(*body, std::move(options), std::move(signature_key), random));
  return ExternalJoin{Group(std::move(joined.state)), std::move(joined.commit)};
}

std::uint64_t Group::epoch() const {
  return state_->epoch.context.epoch;
}
const Bytes& Group::group_id() const {
  return state_->epoch.context.group_id;
}
CipherSuite Group::cipher_suite() const {
  return state_->epoch.context.cipher_suite;
}
const GroupContext& Group::context() const {
  return state_->epoch.context;
}
LeafIndex Group::own_leaf() const {
  return state_->epoch.own_leaf();
}
bool Group::holds_key_of(const LeafNode& leaf_node) const {
  const RatchetTree& tree = state_->epoch.tree;
  return tree.find_encryption_key(leaf_node.encryption_key) ||
         tree.find_signature_key(leaf_node.signature_key);
}
std::size_t Group::member_count() const {
  return state_->epoch.tree.member_count();
}
std::uint32_t Group::leaf_width() const {
  return state_->epoch.tree.leaf_count();
}
bool Group::active() const {
  return state_->active();
}
const std::optional<ReInit>& Group::reinit() const {
  return state_->reinit;
}

std::shared_ptr<const LeafNode> Group::leaf_node(LeafIndex leaf) const {
  return state_->epoch.tree.leaf(leaf);
}

std::vector<Member> Group::members() const {
  std::vector<Member> members;
  state_->epoch.tree.for_each_member([&](LeafIndex leaf, const LeafPointer& leaf_node) {
    members.push_back({leaf, leaf_node});
    return true;
  });
  return members;
}

Result<Bytes> Group::propose(Proposal proposal, const ProposeOptions& options,
                             RandomSource& random) {
  if (!state_->active() || state_->must_commit) return fail(Error::kWrongState);
  // An Update's private key is made with it: propose_update().
  if (proposal.as<Update>() != nullptr) return fail(Error::kInvalidArgument);
  return send_proposal(*state_, std::move(proposal), options, random);
}

Result<Bytes> Group::propose_update(LeafNodeChanges changes, const ProposeOptions& options,
                                    RandomSource& random) {
  if (!state_->active() || state_->must_commit) return fail(Error::kWrongState);
  return send_update(*state_, std::move(changes), options, random);
}

const std::vector<std::shared_ptr<const StoredProposal>>& Group::stored_proposals() const {
  return state_->proposals;
}

bool Group::drop_proposal(ByteView reference) {
  auto& proposals = state_->proposals;
  auto found = std::find_if(proposals.begin(), proposals.end(), [&](const auto& stored) {
    return equal(stored->reference, reference);
  });
  if (found == proposals.end()) return false;
  proposals.erase(found);
  return true;
}

Result<CommitMessages> Group::commit(CommitOptions options, RandomSource& random) {
  if (!state_->active()) return fail(Error::kWrongState);
  return create_commit(*state_, std::move(options), random);
}

const StagedCommit* Group::pending_commit() const {
  return state_->pending ? &state_->pending->staged : nullptr;
}

Result<CommitEffects> Group::merge_pending_commit() {
  if (!state_->pending) return fail(Error::kNotFound);
  return apply_commit(*state_, *state_->pending->staged.state_);
}

void Group::discard_pending_commit() {
  state_->pending.reset();
}

Result<Handled> Group::handle(ByteView message, const HandleOptions& options) {
  return handle_message(*state_, message, options);
}

Result<CommitEffects> Group::apply(StagedCommit staged) {
  return apply_commit(*state_, *staged.state_);
}

Result<Bytes> Group::protect(ByteView content, const ProtectOptions& options,
                             RandomSource& random) {
  bool may_send = state_->active() && !state_->must_commit && state_->proposals.empty();
  if (!may_send) return fail(Error::kWrongState);
  return send_application(*state_, content, options, random);
}

Result<void> Group::exporter(std::string_view label, ByteView context, MutableBytes out) const {
  if (state_->removed) return fail(Error::kWrongState);
  return mls_exporter(state_->epoch.secrets.exporter_secret, label, context, out);
}

const Secret<32>& Group::epoch_authenticator() const {
  return state_->epoch.secrets.epoch_authenticator;
}

const Secret<32>* Group::resumption_psk(std::uint64_t epoch) const {
  return find_resumption_psk(*state_, epoch);
}

Result<Bytes> Group::group_info(const GroupInfoOptions& options, RandomSource& random) const {
  if (!state_->active()) return fail(Error::kWrongState);
  return encode_message(make_group_info(state_->epoch, options, random));
}

Bytes Group::ratchet_tree() const {
  return state_->epoch.tree.encode();
}

bool Group::forget_epoch(std::uint64_t epoch) {
  auto& past = state_->past_epochs;
  auto& psks = state_->resumption_psks;
  auto of_epoch = std::find_if(past.begin(), past.end(),
                               [&](const PastEpoch& kept) { return kept.context.epoch == epoch; });
  auto psk = std::find_if(psks.begin(), psks.end(),
                          [&](const KeptResumptionPsk& kept) { return kept.epoch == epoch; });
  bool found = of_epoch != past.end() || psk != psks.end();
  if (of_epoch != past.end()) past.erase(of_epoch);
  if (psk != psks.end()) psks.erase(psk);
  return found;
}

std::vector<std::uint64_t> Group::past_epochs() const {
  std::vector<std::uint64_t> epochs;
  for (const PastEpoch& past : state_->past_epochs) epochs.push_back(past.context.epoch);
  for (const KeptResumptionPsk& kept : state_->resumption_psks) epochs.push_back(kept.epoch);
  sort(epochs);
  epochs.erase(std::unique(epochs.begin(), epochs.end()), epochs.end());
  return epochs;
}

}  // namespace sotto::mls
