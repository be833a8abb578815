#include "room/moderators.h"

#include <algorithm>

namespace sotto::room {

std::optional<mls::LeafIndex> acting_moderator(const RoomContext& context, const Roster& roster) {
  const auto& members = roster.members();
  const bool any = std::any_of(members.begin(), members.end(), [&](const auto& entry) {
    return context.lists_moderator(entry.second.identity.identity_key);
  });
  if (any || members.empty()) return std::nullopt;
  return members.begin()->first;
}

bool is_moderator(mls::LeafIndex leaf, const RoomContext& context, const Roster& roster) {
  const RosterMember* member = roster.find(leaf);
  if (member == nullptr) return false;
  if (context.lists_moderator(member->identity.identity_key)) return true;
  return acting_moderator(context, roster) == leaf;
}

}  // namespace sotto::room
