// From PreSharedKeyIDs to psk_secret (RFC 9420 section 8.4).
#pragma once

#include <vector>

#include "base/result.h"
#include "mls/group/group_state.h"

namespace sotto::mls {

// The resumption PSK of a group as its member knows it: of the current epoch or a kept one.
const Secret<kNh>* find_resumption_psk(const GroupState& state, std::uint64_t epoch);

// kUnknownKey if one of them is not there. `state` is the group that they are injected into (null
// for a joiner, who has none yet), `origin` the one that it replaces or branches from.
Result<Secret<kNh>> look_up_psks(const std::vector<PreSharedKeyId>& ids, const PskStore* store,
                                 const GroupState* state, const GroupState* origin);

}  // namespace sotto::mls
