#include "room/moderators.h"

#include <algorithm>

namespace sotto::room {
namespace {

template <typename Matches>
bool any_member(const Roster& roster, Matches matches) {
  const auto& members = roster.members();
  return std::any_of(members.begin(), members.end(), matches);
}

}  // namespace

std::optional<mls::LeafIndex> acting_moderator(const RoomContext& context, const Roster& roster,
                                               const Policy& policy) {
  const bool any = policy.has(Rule::kAuthorityLaidDown)
                       ? !context.moderators.empty()
                       : any_member(roster, [&](const auto& entry) {
                           return context.lists_moderator(entry.second.identity.identity_key);
                         });
  if (any || roster.members().empty()) return std::nullopt;
  return roster.members().begin()->first;
}

bool is_moderator(mls::LeafIndex leaf, const RoomContext& context, const Roster& roster,
                  const Policy& policy) {
  const RosterMember* member = roster.find(leaf);
  if (member == nullptr) return false;
  if (context.lists_moderator(member->identity.identity_key)) return true;
  return acting_moderator(context, roster, policy) == leaf;
}

RoomContext without_leavers(const RoomContext& before, const Roster& roster,
                            const std::vector<mls::LeafIndex>& leavers) {
  RoomContext after = before;
  for (const mls::LeafIndex leaver : leavers) {
    const RosterMember* member = roster.find(leaver);
    if (member == nullptr) continue;
    const IdentityKey& key = member->identity.identity_key;
    const bool stays = any_member(roster, [&](const auto& entry) {
      return entry.second.identity.identity_key == key &&
             std::find(leavers.begin(), leavers.end(), entry.first) == leavers.end();
    });
    auto& moderators = after.moderators;
    if (!stays)
      moderators.erase(std::remove(moderators.begin(), moderators.end(), key), moderators.end());
  }
  return after;
}

}  // namespace sotto::room
