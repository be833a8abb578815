#include "mls/group/message_handling.h"

#include <algorithm>

#include "mls/framing/private_framing.h"
#include "mls/framing/public_framing.h"
#include "mls/group/commit_processing.h"
#include "mls/group/proposal_validation.h"
#include "mls/keys/hash.h"
#include "mls/wire/mls_message.h"

namespace sotto::mls {
namespace {

EpochKeys keys_of(const PastEpoch& past) {
  // Members' PublicMessages of a past epoch are not taken, so their key is not kept.
  static const Secret<kNh> no_membership_key;
  return {past.suite, past.context, no_membership_key, past.sender_data_secret,
          [&past](LeafIndex leaf) { return past.tree.leaf(leaf).get(); }};
}

ApplicationMessage to_application(FramedContent&& content) {
  return {content.epoch, content.sender.leaf_index,
          std::get<ApplicationData>(std::move(content.content)).application_data,
          std::move(content.authenticated_data)};
}

// Section 15.3: late, but of an epoch whose keys are kept.
Result<Handled> handle_past(GroupState& state, const PrivateMessage& message) {
  auto past =
      std::find_if(state.past_epochs.begin(), state.past_epochs.end(),
                   [&](const PastEpoch& epoch) { return epoch.context.epoch == message.epoch; });
  if (past == state.past_epochs.end() || message.content_type != ContentType::kApplication) {
    return fail(Error::kExpired);
  }
  TRY(OpenedMessage && opened, unprotect_private(message, keys_of(*past), past->secret_tree));
  TRY_VOID(past->secret_tree.consume(std::move(opened.key)));
  return Handled(to_application(std::move(opened.content.content)));
}

Result<Handled> handle_proposal(GroupState& state, const AuthenticatedContent& message,
                                std::optional<SecretTree::PeekedKey>&& key,
                                const HandleOptions& options) {
  TRY_VOID(validate_proposal(state.epoch, *message.content.proposal(), message.content.sender,
                             {state.policy(), options.now, state.options.max_lifetime}));
  TRY(auto&& stored, prepare_stored(state, message));
  if (key) TRY_VOID(state.epoch.secret_tree->consume(*std::move(key)));
  state.proposals.push_back(stored);
  return Handled(*stored);
}

Result<Handled> handle_content(GroupState& state, AuthenticatedContent&& message,
                               std::optional<SecretTree::PeekedKey>&& key,
                               const HandleOptions& options) {
  switch (message.content.content_type()) {
    case ContentType::kProposal:
      return handle_proposal(state, message, std::move(key), options);
    case ContentType::kCommit: {
      TRY(StagedCommit && staged, stage_commit(state, message, std::move(key), options));
      return Handled(std::move(staged));
    }
    default:
      // A PrivateMessage: framing takes application data in no other.
      TRY_VOID(state.epoch.secret_tree->consume(*std::move(key)));
      return Handled(to_application(std::move(message.content)));
  }
}

// The delivery service hands me what I sent.
std::optional<Result<Handled>> handle_own(const GroupState& state, ByteView message) {
  if (state.sent.empty()) return {};
  HashValue message_hash = hash({message});
  if (state.pending && state.pending->message_hash == message_hash) return Handled(OwnCommit{});
  bool mine = std::find(state.sent.begin(), state.sent.end(), message_hash) != state.sent.end();
  if (mine) return Result<Handled>(fail(Error::kAlreadyExists));
  return {};
}

Result<void> check_address(const GroupState& state, ByteView group_id, std::uint64_t epoch) {
  const GroupContext& context = state.epoch.context;
  if (!equal(group_id, context.group_id)) return fail(Error::kNotFound);
  if (epoch > context.epoch) return fail(Error::kWrongState);
  if (epoch < context.epoch) return fail(Error::kExpired);
  return {};
}

Result<Handled> handle_public(GroupState& state, PublicMessage&& message,
                              const HandleOptions& options) {
  TRY_VOID(check_address(state, message.content.group_id, message.content.epoch));
  if (!state.active()) return fail(Error::kWrongState);
  // My own messages do not come back with content that is new to me.
  const Sender& sender = message.content.sender;
  bool own =
      sender.sender_type == SenderType::kMember && sender.leaf_index == state.epoch.own_leaf();
  TRY(AuthenticatedContent && content, unprotect_public(std::move(message), keys_of(state.epoch)));
  if (own) return fail(Error::kAlreadyExists);
  return handle_content(state, std::move(content), {}, options);
}

Result<Handled> handle_private(GroupState& state, const PrivateMessage& message,
                               const HandleOptions& options) {
  bool late = equal(message.group_id, state.epoch.context.group_id) &&
              (message.epoch < state.epoch.context.epoch ||
               (message.epoch == state.epoch.context.epoch && state.removed));
  if (late) return handle_past(state, message);
  TRY_VOID(check_address(state, message.group_id, message.epoch));
  // What a reinitialized group still says can be read; it does not move on any more.
  if (!state.active() && message.content_type != ContentType::kApplication) {
    return fail(Error::kWrongState);
  }
  TRY(OpenedMessage && opened,
      unprotect_private(message, keys_of(state.epoch), *state.epoch.secret_tree));
  return handle_content(state, std::move(opened.content), std::move(opened.key), options);
}

}  // namespace

Result<Handled> handle_message(GroupState& state, ByteView message, const HandleOptions& options) {
  if (auto own = handle_own(state, message)) return *std::move(own);
  TRY(MlsMessage && decoded, decode<MlsMessage>(message));
  if (auto* public_message = std::get_if<PublicMessage>(&decoded.body)) {
    return handle_public(state, std::move(*public_message), options);
  }
  if (auto* private_message = decoded.as<PrivateMessage>()) {
    return handle_private(state, *private_message, options);
  }
  return fail(Error::kUnsupported);  // a Welcome, GroupInfo or KeyPackage: not for members
}

Result<std::shared_ptr<const StoredProposal>> prepare_stored(const GroupState& state,
                                                             const AuthenticatedContent& message) {
  if (state.proposals.size() >= state.options.max_stored_proposals) return fail(Error::kExhausted);
  StoredProposal stored;
  stored.reference = to_bytes(make_proposal_ref(encode(message)));
  stored.sender = message.content.sender;
  stored.proposal = std::make_shared<const Proposal>(*message.content.proposal());
  stored.authenticated_data = message.content.authenticated_data;
  for (const auto& other : state.proposals) {
    if (other->reference == stored.reference) return fail(Error::kAlreadyExists);
  }
  return std::make_shared<const StoredProposal>(std::move(stored));
}

}  // namespace sotto::mls
