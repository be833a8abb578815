// A commit of my own (RFC 9420 section 12.4.1).
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "mls/group/group_state.h"

namespace sotto::mls {

// Makes it the pending one. On an error nothing has changed.
Result<CommitMessages> create_commit(GroupState& state, CommitOptions options,
                                     RandomSource& random);

// Signed and protected as the group sends its handshake messages. `content` is mine, of this epoch;
// a commit's confirmation_tag is in `message`.
Result<Bytes> protect_handshake(GroupState& state, const AuthenticatedContent& message,
                                RandomSource& random);
WireFormat handshake_format(const GroupState& state);

}  // namespace sotto::mls
