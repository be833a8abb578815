// Changes of the RoomContext (security profile, sections 3 and 6): a part of judge_commit.
#pragma once

#include "room/commit_rules.h"

namespace sotto::room {

// kModerators: who proposed it is no moderator (but anybody strikes off moderators whose own
// Removes the same commit takes), or it makes the room another one, or there is no RoomContext any
// more. kPermanent: encryption that was permanent is not. kNewLinkAfterKick: gen went anywhere but
// up by one, or a KeyPackage of the link that ends is let in by the same commit.
std::optional<Rule> judge_changes(const CommitFacts& commit, const RoomView& room,
                                  const Policy& policy);

// One change, whoever proposed it.
std::optional<Rule> judge_change(const RoomContext& before, const RoomContext& after,
                                 const Policy& policy);

}  // namespace sotto::room
