// Joining by an external commit (RFC 9420 section 12.4.3.2).
#pragma once

#include <memory>

#include "base/random.h"
#include "base/result.h"
#include "mls/group/group_state.h"
#include "mls/wire/group_info.h"

namespace sotto::mls {

struct ExternallyJoined {
  std::unique_ptr<GroupState> state;  // in the epoch that the commit begins
  Bytes commit;
};

Result<ExternallyJoined> join_externally(const GroupInfo& group_info, ExternalJoinOptions options,
                                         SignatureKeyPair signature_key, RandomSource& random);

}  // namespace sotto::mls
