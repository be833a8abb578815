#include "mls/group/commit_creation.h"

#include "mls/framing/content_signature.h"
#include "mls/framing/private_framing.h"
#include "mls/framing/public_framing.h"
#include "mls/group/own_leaf_node.h"
#include "mls/group/proposal_selection.h"
#include "mls/group/welcome_creation.h"
#include "mls/keys/hash.h"
#include "mls/keys/transcript_hash.h"
#include "mls/tree/tree_validation.h"
#include "mls/wire/mls_message.h"

namespace sotto::mls {
namespace {

// One commit on its way through section 12.4.1.
struct Creation {
  GroupState& state;
  CommitOptions& options;
  RandomSource& random;
  Selection selection;
  TreePrivateKeys private_keys;
  SignatureKeyPointer signature_key;
  std::optional<DraftPath> path;
  Commit commit;
};

// The tree's half of the path: fresh keys for me and the nodes above.
Result<void> draft(Creation& creation) {
  Provisional& provisional = creation.selection.provisional;
  const Epoch& epoch = creation.state.epoch;
  LeafIndex own = epoch.own_leaf();
  LeafPointer before = provisional.tree.leaf(own);
  LeafNode leaf_node = *before;
  LeafNodeChanges& changes = creation.options.leaf_node;
  apply_changes(leaf_node, changes);
  if (changes.signature_key) {
    creation.signature_key =
        std::make_shared<const SignatureKeyPair>(*std::move(changes.signature_key));
  }
  auto path = draft_path(provisional.tree, creation.private_keys, std::move(leaf_node),
                         epoch.context.group_id, *creation.signature_key, creation.random);
  if (!path) return fail(as_rule(path.error()));
  creation.path = *std::move(path);
  const LeafPointer& after = provisional.tree.leaf(own);
  TRY_VOID(check_leaf_fields(*after, provisional.rules));
  provisional.changed.push_back(own);
  provisional.effects.updated.push_back({own, before, after});
  return validate_provisional(provisional, own);
}

Result<void> add_path(Creation& creation) {
  TRY_VOID(draft(creation));
  Provisional& provisional = creation.selection.provisional;
  provisional.context.tree_hash = to_bytes(provisional.tree.tree_hash());
  TRY(creation.commit.path,
      seal_path(creation.state.epoch.suite, provisional.tree, *creation.path, provisional.added,
                encode(provisional.context), creation.random));
  return {};
}

void list_proposals(Creation& creation) {
  for (const CommittedProposal& entry : creation.selection.proposals) {
    ProposalOrRef& listed = creation.commit.proposals.emplace_back();
    if (entry.reference.empty()) {
      listed.body = Proposal(*entry.proposal);
    } else {
      listed.body = Bytes(entry.reference);
    }
  }
}

std::vector<Newcomer> newcomers_of(const Selection& selection) {
  std::vector<Newcomer> newcomers;
  for (const AddedMember& added : selection.provisional.effects.added) {
    const Proposal& proposal = *selection.proposals[added.proposal].proposal;
    newcomers.push_back({added.leaf, &*proposal.as<Add>()->key_package});
  }
  return newcomers;
}

std::unique_ptr<StagedState> stage_own(Creation& creation, std::unique_ptr<Epoch> next) {
  const Epoch& epoch = creation.state.epoch;
  auto staged = std::make_unique<StagedState>();
  staged->before = GroupContext(epoch.context);
  staged->after = GroupContext(next->context);
  staged->own_leaf = epoch.own_leaf();
  staged->sender = {SenderType::kMember, epoch.own_leaf(), 0};
  staged->committer = epoch.own_leaf();
  staged->has_path = creation.path.has_value();
  staged->authenticated_data = std::move(creation.options.authenticated_data);
  if (staged->has_path) {
    staged->path_leaf_before = epoch.tree.leaf(epoch.own_leaf());
    staged->path_leaf_after = next->tree.leaf(epoch.own_leaf());
  }
  staged->effects = std::move(creation.selection.provisional.effects);
  staged->proposals = std::move(creation.selection.proposals);
  staged->next = std::move(next);
  return staged;
}

// Signs the commit and derives the epoch that it begins.
struct Begun {
  AuthenticatedContent message;
  EpochStart start;
};

Begun begin_epoch(Creation& creation) {
  const Epoch& epoch = creation.state.epoch;
  GroupContext& context = creation.selection.provisional.context;
  FramedContent content;
  content.group_id = epoch.context.group_id;
  content.epoch = epoch.context.epoch;
  content.sender = {SenderType::kMember, epoch.own_leaf(), 0};
  content.authenticated_data = creation.options.authenticated_data;
  content.content = std::move(creation.commit);
  Begun begun{sign_content(handshake_format(creation.state), std::move(content), epoch.context,
                           *epoch.signature_key),
              {}};
  context.confirmed_transcript_hash = to_bytes(confirmed_transcript_hash(
      epoch.interim_transcript_hash, confirmed_transcript_hash_input(begun.message)));
  Secret<kNh> none;
  begun.start =
      start_epoch(epoch.secrets.init_secret, creation.path ? creation.path->commit_secret : none,
                  creation.selection.psk_secret, context);
  begun.message.auth.confirmation_tag = begun.start.confirmation_tag;
  return begun;
}

Result<CommitMessages> finish(Creation& creation) {
  GroupState& state = creation.state;
  Begun begun = begin_epoch(creation);
  Provisional& provisional = creation.selection.provisional;
  auto next = std::make_unique<Epoch>(make_epoch(
      state.epoch.suite, provisional.context, std::move(provisional.tree),
      std::move(creation.private_keys), std::move(creation.signature_key),
      std::move(begun.start.secrets), begun.start.confirmation_tag, state.options.ratchets));

  CommitMessages messages;
  std::vector<Newcomer> newcomers = newcomers_of(creation.selection);
  TRY(messages.welcomes,
      make_welcomes(
          {*next, begun.start.joiner_secret, creation.selection.psk_secret,
           provisional.effects.psks, creation.path ? &*creation.path : nullptr, newcomers},
          creation.options.group_info, creation.options.welcome_each, creation.random));
  TRY(messages.commit, protect_handshake(state, begun.message, creation.random));
  HashValue message_hash = hash({messages.commit});
  state.sent.push_back(message_hash);
  state.pending = PendingCommit{message_hash, StagedCommit(stage_own(creation, std::move(next)))};
  return messages;
}

}  // namespace

Result<CommitMessages> create_commit(GroupState& state, CommitOptions options,
                                     RandomSource& random) {
  TRY(Selection && selection, select_proposals(state, options, random));
  Creation creation{state,
                    options,
                    random,
                    std::move(selection),
                    state.epoch.private_keys.copy(),
                    state.epoch.signature_key,
                    {},
                    {}};
  list_proposals(creation);
  bool path = options.path || state.must_commit || requires_path(creation.selection.proposals);
  if (path) {
    TRY_VOID(add_path(creation));
  } else {
    Provisional& provisional = creation.selection.provisional;
    provisional.context.tree_hash = to_bytes(provisional.tree.tree_hash());
  }
  creation.private_keys.forget_outdated(creation.selection.provisional.tree);
  return finish(creation);
}

WireFormat handshake_format(const GroupState& state) {
  return state.options.private_handshake ? WireFormat::kPrivateMessage : WireFormat::kPublicMessage;
}

Result<Bytes> protect_handshake(GroupState& state, const AuthenticatedContent& message,
                                RandomSource& random) {
  Epoch& epoch = state.epoch;
  if (message.wire_format == WireFormat::kPublicMessage) {
    TRY(PublicMessage && sealed,
        protect_public(message, epoch.context, epoch.secrets.membership_key));
    return encode_message(sealed);
  }
  Padding padding{std::max<std::size_t>(1, state.options.handshake_padding)};
  TRY(PrivateMessage && sealed,
      protect_private(message, keys_of(epoch), *epoch.secret_tree, padding, random));
  return encode_message(sealed);
}

}  // namespace sotto::mls
