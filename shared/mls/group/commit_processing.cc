#include "mls/group/commit_processing.h"

#include "crypto/constant_time.h"
#include "mls/group/proposal_application.h"
#include "mls/group/proposal_list.h"
#include "mls/group/psk_lookup.h"
#include "mls/keys/transcript_hash.h"
#include "mls/tree/tree_validation.h"
#include "mls/tree/treekem.h"

namespace sotto::mls {
namespace {

// One commit on its way through section 12.4.2.
struct Processing {
  const GroupState& state;
  const Epoch& epoch;
  const AuthenticatedContent& message;
  const Commit& commit;
  const HandleOptions& options;
  Committer committer;
  LeafIndex leaf;  // the committer's, in the next epoch
  Provisional provisional;
  TreePrivateKeys private_keys;
  SignatureKeyPointer signature_key;
  Secret<kNh> commit_secret;  // all zeros without a path
  bool path_unopened = false;
};

ProposalScrutiny scrutiny_of(const GroupState& state, const HandleOptions& options) {
  return {state.policy(), options.now, state.options.max_lifetime};
}

// Sections 12.4.2 and 7.3: the leaf that the path brings, compared with the one that it replaces.
Result<void> validate_path_leaf(Processing& processing, const LeafNode& after,
                                const LeafPointer& before) {
  const CredentialPolicy& policy = processing.state.policy();
  TRY_VOID(
      validate_leaf(after, LeafNodeSource::kCommit, processing.leaf, processing.provisional.rules));
  if (!processing.committer.external()) return validate_successor(*before, after, policy);
  if (before == nullptr) {
    if (!policy.accepts(after)) return fail(Error::kUnauthenticated);
    return {};
  }
  // Section 12.2: a former self is replaced as if by an Update.
  if (before->encryption_key == after.encryption_key) return fail(Error::kMalformed);
  if (!policy.accepts_successor(*before, after)) return fail(Error::kUnauthenticated);
  return {};
}

LeafPointer leaf_before_path(const Processing& processing) {
  if (!processing.committer.external()) return processing.epoch.tree.leaf(processing.leaf);
  const auto& removed = processing.provisional.effects.removed;
  return removed.empty() ? nullptr : removed.front().leaf_node;
}

void note_path(Processing& processing, const LeafPointer& before) {
  Provisional& provisional = processing.provisional;
  const LeafPointer& after = provisional.tree.leaf(processing.leaf);
  provisional.changed.push_back(processing.leaf);
  if (processing.committer.external()) {
    provisional.effects.added.push_back({processing.leaf, kNoProposal, after});
  } else {
    provisional.effects.updated.push_back({processing.leaf, before, after});
  }
}

// My own Update, if the commit covers one: its keys become mine.
void adopt_own_update(Processing& processing, const std::vector<CommittedProposal>& proposals) {
  for (const OwnUpdate& update : processing.state.own_updates) {
    for (const CommittedProposal& entry : proposals) {
      if (entry.reference != update.reference) continue;
      processing.private_keys.set(node_of(processing.private_keys.leaf()),
                                  update.encryption_key.copy());
      if (update.signature_key != nullptr) processing.signature_key = update.signature_key;
    }
  }
}

// Merges the path into the tree, then opens it. Who is removed cannot, and need not.
Result<void> process_path(Processing& processing) {
  Provisional& provisional = processing.provisional;
  const UpdatePath& path = *processing.commit.path;
  LeafPointer before = leaf_before_path(processing);
  // "none of the public keys in the UpdatePath appear in any node of the new ratchet tree": merging
  // checks that against whatever stays; this, against what the path replaces.
  for (const UpdatePathNode& node : path.nodes) {
    if (provisional.tree.find_encryption_key(node.encryption_key)) return fail(Error::kMalformed);
  }
  auto merged = merge_path(provisional.tree, processing.leaf, path, provisional.added);
  if (!merged) return fail(as_rule(merged.error()));
  TRY_VOID(validate_path_leaf(processing, path.leaf_node, before));
  note_path(processing, before);
  provisional.context.tree_hash = to_bytes(provisional.tree.tree_hash());
  processing.private_keys.forget_outdated(provisional.tree);
  if (provisional.effects.self_removed) return {};
  auto opened = open_path(processing.epoch.suite, provisional.tree, processing.leaf, path,
                          provisional.added, encode(provisional.context), processing.private_keys);
  processing.path_unopened = !opened;
  TRY(processing.commit_secret, std::move(opened));
  return {};
}

void report_unopened(Processing& processing, std::vector<CommittedProposal> proposals) {
  Provisional& provisional = processing.provisional;
  if (processing.options.unopened_path == nullptr || !processing.path_unopened) return;
  if (!validate_provisional(provisional, processing.epoch.own_leaf())) return;
  processing.options.unopened_path->emplace(
      UnopenedPath{processing.leaf, processing.committer.external(), std::move(proposals),
                   std::move(provisional.effects), std::move(provisional.context.extensions)});
}

// Section 8.3 for an external commit.
Result<Secret<kNh>> init_secret_of(const Processing& processing,
                                   const std::vector<CommittedProposal>& proposals) {
  for (const CommittedProposal& entry : proposals) {
    auto* external_init = entry.proposal->as<ExternalInit>();
    if (external_init == nullptr) continue;
    return receive_external_init(processing.epoch.suite, external_init->kem_output,
                                 external_key_pair(processing.epoch.secrets.external_secret));
  }
  return Secret<kNh>(processing.epoch.secrets.init_secret.view());
}

// From the tree and the path to the confirmed next epoch.
Result<std::unique_ptr<Epoch>> confirm(Processing& processing,
                                       const std::vector<CommittedProposal>& proposals) {
  const Epoch& epoch = processing.epoch;
  TRY(Secret<kNh> && psk_secret, look_up_psks(processing.provisional.effects.psks,
                                              processing.options.psks, &processing.state, nullptr));
  TRY(Secret<kNh> && init_secret, init_secret_of(processing, proposals));
  EpochStart start = start_epoch(init_secret, processing.commit_secret, psk_secret,
                                 processing.provisional.context);
  if (!equal_constant_time(start.confirmation_tag, processing.message.auth.confirmation_tag)) {
    return fail(Error::kUnauthenticated);
  }
  return std::make_unique<Epoch>(
      make_epoch(epoch.suite, processing.provisional.context,
                 std::move(processing.provisional.tree), std::move(processing.private_keys),
                 std::move(processing.signature_key), std::move(start.secrets),
                 std::move(start.confirmation_tag), processing.state.options.ratchets));
}

Result<std::unique_ptr<StagedState>> stage(Processing& processing,
                                           std::vector<CommittedProposal> proposals) {
  Provisional& provisional = processing.provisional;
  GroupContext& context = provisional.context;
  if (processing.commit.path) {
    if (auto processed = process_path(processing); !processed) {
      report_unopened(processing, std::move(proposals));
      return fail(processed.error());
    }
  } else {
    context.tree_hash = to_bytes(provisional.tree.tree_hash());
    processing.private_keys.forget_outdated(provisional.tree);
  }
  TRY_VOID(validate_provisional(provisional, processing.epoch.own_leaf()));
  context.confirmed_transcript_hash =
      to_bytes(confirmed_transcript_hash(processing.epoch.interim_transcript_hash,
                                         confirmed_transcript_hash_input(processing.message)));

  auto staged = std::make_unique<StagedState>();
  staged->before = GroupContext(processing.epoch.context);
  staged->after = GroupContext(context);
  staged->own_leaf = processing.epoch.own_leaf();
  staged->sender = processing.committer.sender;
  staged->committer = processing.leaf;
  staged->authenticated_data = processing.message.content.authenticated_data;
  staged->has_path = processing.commit.path.has_value();
  if (staged->has_path) {
    staged->path_leaf_before = leaf_before_path(processing);
    staged->path_leaf_after = provisional.tree.leaf(processing.leaf);
  }
  if (!provisional.effects.self_removed) {
    TRY(staged->next, confirm(processing, proposals));
  }
  staged->effects = std::move(provisional.effects);
  staged->proposals = std::move(proposals);
  return staged;
}

}  // namespace

Result<StagedCommit> stage_commit(const GroupState& state, const AuthenticatedContent& message,
                                  std::optional<SecretTree::PeekedKey>&& key,
                                  const HandleOptions& options) {
  const Epoch& epoch = state.epoch;
  const Commit& commit = *message.content.commit();
  Committer committer{message.content.sender};
  ProposalScrutiny scrutiny = scrutiny_of(state, options);

  TRY(std::vector<CommittedProposal> && proposals, resolve_proposals(state, commit, committer));
  // Sections 12.4 and 12.4.3.2.
  if (!commit.path && (requires_path(proposals) || committer.external())) {
    return fail(Error::kMalformed);
  }
  TRY_VOID(validate_proposal_list(epoch, proposals, committer, scrutiny));
  TRY(Provisional && provisional, apply_proposals(epoch, proposals, scrutiny));
  LeafIndex leaf =
      committer.external() ? provisional.tree.next_leaf() : committer.sender.leaf_index;
  Processing processing{state,
                        epoch,
                        message,
                        commit,
                        options,
                        committer,
                        leaf,
                        std::move(provisional),
                        epoch.private_keys.copy(),
                        epoch.signature_key,
                        {}};
  adopt_own_update(processing, proposals);
  TRY(std::unique_ptr<StagedState> && staged, stage(processing, std::move(proposals)));
  staged->key = std::move(key);
  return StagedCommit(std::move(staged));
}

}  // namespace sotto::mls
