// A commit of somebody else's (RFC 9420 section 12.4.2).
#pragma once

#include <optional>

#include "base/result.h"
#include "mls/group/group_state.h"
#include "mls/wire/framed_content.h"

namespace sotto::mls {

// `content` is authenticated and of the current epoch; `key` is what opened it, if it came as a
// PrivateMessage.
Result<StagedCommit> stage_commit(const GroupState& state, const AuthenticatedContent& content,
                                  std::optional<SecretTree::PeekedKey>&& key,
                                  const HandleOptions& options);

}  // namespace sotto::mls
