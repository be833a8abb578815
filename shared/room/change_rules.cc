#include "room/change_rules.h"

#include "room/moderators.h"

namespace sotto::room {

using Verdict = std::optional<Rule>;

Verdict judge_change(const RoomContext& before, const RoomContext& after, const Policy& policy) {
  if (after.room_id != before.room_id && policy.has(Rule::kModerators)) return Rule::kModerators;
  if (policy.has(Rule::kPermanent) && before.e2ee_permanent &&
      (!after.e2ee_permanent || !after.media_encrypted)) {
    return Rule::kPermanent;
  }
  const bool one_up = before.gen != UINT32_MAX && after.gen == before.gen + 1;
  if (policy.has(Rule::kNewLinkAfterKick) && after.gen != before.gen && !one_up) {
    return Rule::kNewLinkAfterKick;
  }
  return {};
}

Verdict judge_changes(const CommitFacts& commit, const RoomView& room, const Policy& policy) {
  for (const mls::CommittedProposal& proposal : commit.proposals) {
    const auto* change = proposal.proposal->as<mls::GroupContextExtensions>();
    if (change == nullptr) continue;
    if (policy.has(Rule::kModerators) &&
        !(proposal.sender.sender_type == mls::SenderType::kMember &&
          is_moderator(proposal.sender.leaf_index, room.context, room.roster))) {
      return Rule::kModerators;
    }
    if (policy.has(Rule::kKnownExtensions) && !has_only_known_extensions(change->extensions)) {
      return Rule::kKnownExtensions;
    }
    const auto after = room_context_of(change->extensions);
    if (!after) return Rule::kModerators;
    if (const auto broken = judge_change(room.context, *after, policy)) return broken;
    if (policy.has(Rule::kNewLinkAfterKick) && after->gen != room.context.gen &&
        !commit.effects.added.empty()) {
      return Rule::kNewLinkAfterKick;
    }
  }
  return {};
}

}  // namespace sotto::room
