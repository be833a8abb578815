// A group's state as bytes, for native endpoints (Group::save). In the clear: callers seal it.
#pragma once

#include <memory>

#include "base/result.h"
#include "mls/group/group_state.h"

namespace sotto::mls {

// Everything but a pending commit.
Bytes save_state(const GroupState& state);

// kUnsupported for another format, kMalformed for what no group saved.
Result<std::unique_ptr<GroupState>> restore_state(ByteView saved, const GroupOptions& options);

}  // namespace sotto::mls
