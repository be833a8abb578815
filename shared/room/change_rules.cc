#include "room/change_rules.h"

#include "room/moderators.h"

namespace sotto::room {
namespace {

using Verdict = std::optional<Rule>;

bool by_moderator(const mls::Sender& sender, const RoomView& room, const Policy& policy) {
  return sender.sender_type == mls::SenderType::kMember &&
         is_moderator(sender.leaf_index, room.context, room.roster, policy);
}

// Moderators who leave are struck off the list, and nothing else happens to the room.
bool only_strikes_leavers(const mls::GroupContextExtensions& change, const CommitFacts& commit,
                          const RoomView& room) {
  std::vector<mls::LeafIndex> leavers;
  for (const mls::CommittedProposal& proposal : commit.proposals) {
    const auto* remove = proposal.proposal->as<mls::Remove>();
    const mls::Sender& sender = proposal.sender;
    if (remove != nullptr && sender.sender_type == mls::SenderType::kMember &&
        sender.leaf_index == remove->removed) {
      leavers.push_back(remove->removed);
    }
  }
  const RoomContext struck = without_leavers(room.context, room.roster, leavers);
  if (struck == room.context || change.extensions.size() != 1) return false;
  const auto after = room_context_of(change.extensions);
  return after && *after == struck;
}

}  // namespace

Verdict judge_change(const RoomContext& before, const RoomContext& after, const Policy& policy) {
  if (after.room_id != before.room_id && policy.has(Rule::kModerators)) return Rule::kModerators;
  if (policy.has(Rule::kPermanent) && before.e2ee_permanent &&
      (!after.e2ee_permanent || !after.media_encrypted)) {
    return Rule::kPermanent;
  }
  if (policy.has(Rule::kSuite) && after.sframe_suite != before.sframe_suite) return Rule::kSuite;
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
    if (policy.has(Rule::kModerators) && !by_moderator(proposal.sender, room, policy) &&
        !only_strikes_leavers(*change, commit, room)) {
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
