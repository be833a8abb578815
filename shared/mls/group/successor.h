// A group that takes another one's place (RFC 9420 section 11.2) or branches from it (11.3).
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "mls/group/group_state.h"

namespace sotto::mls {

// Of type resumption, with usage reinit or branch.
bool is_successor_psk(const PreSharedKeyId& id);

// A joiner's checks, where its Welcome says to be of a successor; `origin` is the group referred
// to.
Result<void> check_successor(const std::vector<PreSharedKeyId>& psks, const GroupContext& context,
                             const RatchetTree& tree, const GroupState* origin,
                             const CredentialPolicy& policy);

// A creator's: what the new group is to be, and the PSK that its first commit will carry.
// kWrongState if `old` has not applied a ReInit, or has no PSK any more.
Result<std::unique_ptr<Origin>> prepare_reinit(const GroupState& old, CreateOptions& options);
Result<std::unique_ptr<Origin>> prepare_branch(const GroupState& old, CreateOptions& options);

}  // namespace sotto::mls
