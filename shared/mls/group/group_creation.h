// A group's first epoch (RFC 9420 section 11).
#pragma once

#include <memory>

#include "base/random.h"
#include "base/result.h"
#include "mls/group/group_state.h"

namespace sotto::mls {

// Alone. kInvalidArgument or what the rules for leaves say if the creator does not fit its own
// group.
Result<std::unique_ptr<GroupState>> create_group(CreateOptions options,
                                                 SignatureKeyPair signature_key,
                                                 RandomSource& random);

}  // namespace sotto::mls
