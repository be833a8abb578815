// What a member sends besides commits (RFC 9420 sections 12.1 and 15).
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "mls/group/group_state.h"

namespace sotto::mls {

Result<Bytes> send_proposal(GroupState& state, Proposal proposal, const ProposeOptions& options,
                            RandomSource& random);
Result<Bytes> send_update(GroupState& state, LeafNodeChanges changes, const ProposeOptions& options,
                          RandomSource& random);
Result<Bytes> send_application(GroupState& state, ByteView content, const ProtectOptions& options,
                               RandomSource& random);

}  // namespace sotto::mls
