// From one epoch to the next: the old one goes, but for what the application chose to keep.
#pragma once

#include "base/result.h"
#include "mls/group/group_state.h"

namespace sotto::mls {

// Whether it was staged by this group, in this epoch.
bool is_current(const GroupState& state, const StagedState& staged);

// Makes a staged commit's epoch the current one. kWrongState if it is not current, kReplayed if its
// message's key has been used for another message since.
Result<CommitEffects> apply_commit(GroupState& state, StagedState& staged);

}  // namespace sotto::mls
