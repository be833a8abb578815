// A member who signs whatever it likes: messages that break one rule and are otherwise in order.
#pragma once

#include "mls/framing/content_signature.h"
#include "mls/framing/public_framing.h"
#include "mls/group/own_leaf_node.h"
#include "mls/group/proposal_application.h"
#include "mls/keys/transcript_hash.h"
#include "mls/tree/treekem.h"
#include "mls/wire/mls_message.h"
#include "shared/mls/group/some_group.h"

namespace sotto::mls {

inline FramedContent content_from(Group& member) {
  FramedContent content;
  content.group_id = member.group_id();
  content.epoch = member.epoch();
  content.sender = {SenderType::kMember, member.own_leaf(), 0};
  return content;
}

inline Bytes seal_rogue(Group& member, AuthenticatedContent message) {
  const Epoch& epoch = GroupAccess::state(member).epoch;
  auto sealed = protect_public(std::move(message), epoch.context, epoch.secrets.membership_key);
  EXPECT_TRUE(sealed.has_value());
  return encode(MlsMessage{*std::move(sealed)});
}

inline Bytes rogue_proposal(Group& member, Proposal proposal) {
  const Epoch& epoch = GroupAccess::state(member).epoch;
  FramedContent content = content_from(member);
  content.content = std::move(proposal);
  return seal_rogue(member, sign_content(WireFormat::kPublicMessage, std::move(content),
                                         epoch.context, *epoch.signature_key));
}

// `confirmation_tag` is made up where none is given: a commit that gets as far as that is refused
// with kUnauthenticated, one against the rules before.
inline Bytes rogue_commit(Group& member, Commit commit, Mac confirmation_tag = Mac(kNh)) {
  const Epoch& epoch = GroupAccess::state(member).epoch;
  FramedContent content = content_from(member);
  content.content = std::move(commit);
  AuthenticatedContent message = sign_content(WireFormat::kPublicMessage, std::move(content),
                                              epoch.context, *epoch.signature_key);
  message.auth.confirmation_tag = std::move(confirmation_tag);
  return seal_rogue(member, std::move(message));
}

inline Commit commit_of(std::vector<Proposal> proposals) {
  Commit commit;
  for (Proposal& proposal : proposals) commit.proposals.push_back({std::move(proposal)});
  return commit;
}

// A genuine path for a commit of these Removes alone; `change` then spoils the leaf, which is
// signed again, or `change_path` anything else of it.
template <typename Change>
Commit commit_with_path(Group& member, RandomSource& random, Change change) {
  const Epoch& epoch = GroupAccess::state(member).epoch;
  RatchetTree tree = epoch.tree;
  TreePrivateKeys keys = epoch.private_keys.copy();
  auto draft = draft_path(tree, keys, *tree.leaf(member.own_leaf()), member.group_id(),
                          *epoch.signature_key, random);
  EXPECT_TRUE(draft.has_value());
  GroupContext context = epoch.context;
  ++context.epoch;
  context.tree_hash = to_bytes(tree.tree_hash());
  auto path = seal_path(epoch.suite, tree, *draft, {}, encode(context), random);
  EXPECT_TRUE(path.has_value());
  change(*path);
  sign_leaf_node(path->leaf_node, member.group_id(), member.own_leaf(), *epoch.signature_key);
  Commit commit;
  commit.path = *std::move(path);
  return commit;
}

}  // namespace sotto::mls
