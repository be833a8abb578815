// Messages of a group as they come in (RFC 9420 sections 6, 12.1 and 15).
#pragma once

#include "base/result.h"
#include "mls/group/group_state.h"

namespace sotto::mls {

Result<Handled> handle_message(GroupState& state, ByteView message, const HandleOptions& options);

// What is kept of a proposal until the epoch ends; changes nothing yet. kExhausted, kAlreadyExists.
Result<std::shared_ptr<const StoredProposal>> prepare_stored(const GroupState& state,
                                                             const AuthenticatedContent& message);

}  // namespace sotto::mls
