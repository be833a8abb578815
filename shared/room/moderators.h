// Who has authority in a room (security profile, section 6): the members whose identities the
// RoomContext lists. Who leaves by its own Remove lays its authority down, and the commit that
// takes the Remove strikes it off the list; when the list is empty, the member of the lowest leaf
// stands in. Whoever is removed by others stays on it, so nobody comes by authority through
// removing.
#pragma once

#include <optional>
#include <vector>

#include "mls/wire/indices.h"
#include "room/policy.h"
#include "room/room_context.h"
#include "room/roster.h"

namespace sotto::room {

bool is_moderator(mls::LeafIndex leaf, const RoomContext& context, const Roster& roster,
                  const Policy& policy = {});

// The member who stands in when all moderators have laid their authority down.
std::optional<mls::LeafIndex> acting_moderator(const RoomContext& context, const Roster& roster,
                                               const Policy& policy = {});

// The room without the authority of those who leave by their own Removes, unless they stay with
// another leaf: what anybody who commits these Removes may, and should, make of it in that commit.
RoomContext without_leavers(const RoomContext& before, const Roster& roster,
                            const std::vector<mls::LeafIndex>& leavers);

}  // namespace sotto::room
