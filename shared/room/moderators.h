// Who has authority in a room (security profile, section 6): the members whose identities the
// RoomContext lists; when none of them is left in the group, the member of the lowest leaf.
#pragma once

#include <optional>

#include "mls/wire/indices.h"
#include "room/room_context.h"
#include "room/roster.h"

namespace sotto::room {

bool is_moderator(mls::LeafIndex leaf, const RoomContext& context, const Roster& roster);

// The member who stands in when no moderator is left; nothing while there is one.
std::optional<mls::LeafIndex> acting_moderator(const RoomContext& context, const Roster& roster);

}  // namespace sotto::room
