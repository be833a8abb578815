#include "room/commit_rules.h"

#include <algorithm>

#include "mls/wire/codec.h"
#include "room/add_rules.h"
#include "room/change_rules.h"
#include "room/identity.h"

namespace sotto::room {
namespace {

using Verdict = std::optional<Rule>;

// (9) By value, but for a leaver's own Remove; (2) nothing that the room does without.
Verdict judge_kind(const mls::Sender& sender, bool by_reference, const mls::Proposal& proposal,
                   const Policy& policy) {
  const auto refuse_unless_off = [&](Rule rule) {
    return policy.has(rule) ? Verdict(rule) : Verdict();
  };
  if (sender.sender_type != mls::SenderType::kMember &&
      sender.sender_type != mls::SenderType::kNewMemberCommit) {
    return refuse_unless_off(Rule::kNoExternalProposals);
  }
  if (proposal.as<mls::ReInit>() != nullptr) return refuse_unless_off(Rule::kNoReInit);
  if (proposal.as<mls::ExternalInit>() != nullptr) {
    return refuse_unless_off(Rule::kNoExternalCommits);
  }
  if (!by_reference) return {};
  const auto* remove = proposal.as<mls::Remove>();
  if (remove != nullptr && remove->removed == sender.leaf_index) return {};
  return refuse_unless_off(Rule::kProposalsByValue);
}

// (4) A new leaf key needs the identity's signature, whether or not the credential was replaced
// with it, and stays the same person's.
Verdict judge_updates(const CommitFacts& commit, const RoomView& room, const Policy& policy) {
  for (const mls::UpdatedMember& updated : commit.effects.updated) {
    const mls::LeafNode& after = *updated.after;
    if (after.signature_key == updated.before->signature_key &&
        after.credential == updated.before->credential) {
      continue;
    }
    const auto identity = verify_leaf_identity(after.credential.identity, room.context.room_id,
                                               after.signature_key, policy);
    if (!identity) return Rule::kIdentity;
    const auto before = identity_of(*updated.before);
    if (policy.has(Rule::kIdentityStays) && (!before || !before->is_same_person(*identity))) {
      return Rule::kIdentityStays;
    }
  }
  return {};
}

}  // namespace

Verdict judge_commit(const CommitFacts& commit, const RoomView& room, const Policy& policy) {
  if (commit.external && policy.has(Rule::kNoExternalCommits)) return Rule::kNoExternalCommits;
  for (const mls::CommittedProposal& proposal : commit.proposals) {
    const auto broken =
        judge_kind(proposal.sender, !proposal.reference.empty(), *proposal.proposal, policy);
    if (broken) return broken;
  }
  if (const auto broken = judge_updates(commit, room, policy)) return broken;
  if (const auto broken = judge_changes(commit, room, policy)) return broken;
  return judge_adds(commit, room, policy);
}

Verdict judge_handshake(ByteView message, const Policy& policy) {
  if (!policy.has(Rule::kHandshakesSealed)) return {};
  // struct { ProtocolVersion version = mls10; WireFormat wire_format; ... } MLSMessage
  mls::Reader in(message);
  const bool mls10 = in.u16() == static_cast<std::uint16_t>(mls::ProtocolVersion::kMls10);
  const bool sealed = in.u16() == static_cast<std::uint16_t>(mls::WireFormat::kPrivateMessage);
  if (!in.ok() || !mls10 || !sealed) return Rule::kHandshakesSealed;
  return {};
}

Verdict judge_proposal(const mls::Sender& sender, const mls::Proposal& proposal,
                       const Policy& policy) {
  return judge_kind(sender, true, proposal, policy);
}

bool has_only_known_extensions(const mls::Extensions& extensions) {
  return std::all_of(extensions.begin(), extensions.end(), [](const mls::Extension& extension) {
    return extension.extension_type == kRoomContextExtension ||
           extension.extension_type == mls::ExtensionType::kRequiredCapabilities;
  });
}

}  // namespace sotto::room
