#include "mls/group/external_join.h"

#include "mls/framing/content_signature.h"
#include "mls/framing/public_framing.h"
#include "mls/group/group_info_validation.h"
#include "mls/group/own_leaf_node.h"
#include "mls/group/proposal_application.h"
#include "mls/group/psk_lookup.h"
#include "mls/keys/transcript_hash.h"
#include "mls/tree/tree_validation.h"
#include "mls/tree/treekem.h"
#include "mls/wire/mls_message.h"

namespace sotto::mls {
namespace {

struct ExternalCommit {
  const GroupInfo& group_info;
  ExternalJoinOptions& options;
  RandomSource& random;
  Suite suite;
  SignatureKeyPointer signature_key;
  RatchetTree tree;
  GroupContext context;  // of the epoch to come
  Commit commit;
  Secret<kNh> init_secret;
};

// ExternalInit, the PSKs, and the Remove of a former self.
Result<void> add_proposals(ExternalCommit& joining) {
  TRY(auto&& external_pub, get_extension<ExternalPub>(joining.group_info.extensions));
  if (!external_pub) return fail(Error::kNotFound);
  TRY(ExternalInitSecret && external_init,
      make_external_init(joining.suite, external_pub->external_pub, joining.random));
  joining.init_secret = std::move(external_init.init_secret);
  auto add = [&](Proposal proposal) { joining.commit.proposals.push_back({std::move(proposal)}); };
  add({ExternalInit{to_bytes(external_init.kem_output)}});
  for (PreSharedKeyId& id : joining.options.psk_ids) {
    id.psk_nonce.resize(kNh);
    joining.random.fill(id.psk_nonce);
    add({PreSharedKey{id}});
  }
  if (joining.options.resync) {
    if (!joining.tree.remove(*joining.options.resync)) return fail(Error::kNotFound);
    add({Remove{*joining.options.resync}});
  }
  return {};
}

// The path from the leftmost free leaf; the whole group can open it.
Result<std::pair<TreePrivateKeys, Secret<kNh>>> add_path(ExternalCommit& joining) {
  const Bytes& group_id = joining.context.group_id;
  TreePrivateKeys private_keys(joining.tree.next_leaf());
  LeafNode leaf_node;
  set_options(leaf_node, std::move(joining.options.leaf_node), *joining.signature_key,
              joining.random);
  TRY(DraftPath && path, draft_path(joining.tree, private_keys, std::move(leaf_node), group_id,
                                    *joining.signature_key, joining.random));
  joining.context.tree_hash = to_bytes(joining.tree.tree_hash());

  TRY(LeafRules && rules, LeafRules::of(joining.context));
  LeafIndex own = private_keys.leaf();
  TRY_VOID(check_leaf_fields(*joining.tree.leaf(own), rules));
  TRY_VOID(check_own_support(*joining.tree.leaf(own), rules));
  TRY_VOID(validate_changes(joining.tree, std::span(&own, 1), rules));
  TRY(joining.commit.path,
      seal_path(joining.suite, joining.tree, path, {}, encode(joining.context), joining.random));
  return std::pair(std::move(private_keys), std::move(path.commit_secret));
}

AuthenticatedContent sign(ExternalCommit& joining) {
  const GroupContext& before = joining.group_info.group_context;
  FramedContent content;
  content.group_id = before.group_id;
  content.epoch = before.epoch;
  content.sender.sender_type = SenderType::kNewMemberCommit;
  content.authenticated_data = joining.options.authenticated_data;
  content.content = std::move(joining.commit);
  return sign_content(WireFormat::kPublicMessage, std::move(content), before,
                      *joining.signature_key);
}

}  // namespace

Result<ExternallyJoined> join_externally(const GroupInfo& group_info, ExternalJoinOptions options,
                                         SignatureKeyPair signature_key, RandomSource& random) {
  const GroupContext& before = group_info.group_context;
  TRY(Suite && suite, suite_from(before.cipher_suite));
  if (before.epoch == UINT64_MAX) return fail(Error::kExhausted);
  TRY(RatchetTree && tree,
      validate_group_info(group_info, {before.cipher_suite, options.ratchet_tree, options.now,
                                       options.groups_in_use, options.group}));
  ExternalCommit joining{group_info,
                         options,
                         random,
                         suite,
                         std::make_shared<const SignatureKeyPair>(std::move(signature_key)),
                         std::move(tree),
                         before,
                         {},
                         {}};
  ++joining.context.epoch;
  TRY_VOID(add_proposals(joining));
  TRY(auto&& path, add_path(joining));
  TRY(Secret<kNh> && psk_secret, look_up_psks(options.psk_ids, options.psks, nullptr, nullptr));

  AuthenticatedContent message = sign(joining);
  HashValue interim =
      interim_transcript_hash(before.confirmed_transcript_hash, group_info.confirmation_tag);
  joining.context.confirmed_transcript_hash =
      to_bytes(confirmed_transcript_hash(interim, confirmed_transcript_hash_input(message)));
  EpochStart start = start_epoch(joining.init_secret, path.second, psk_secret, joining.context);
  message.auth.confirmation_tag = start.confirmation_tag;
  TRY(PublicMessage && sealed, protect_public(std::move(message), before, Secret<kNh>()));

  ExternallyJoined joined;
  joined.commit = encode_message(sealed);
  joined.state = std::make_unique<GroupState>(
      make_epoch(suite, std::move(joining.context), std::move(joining.tree), std::move(path.first),
                 std::move(joining.signature_key), std::move(start.secrets),
                 std::move(start.confirmation_tag), options.group.ratchets),
      options.group);
  return joined;
}

}  // namespace sotto::mls
