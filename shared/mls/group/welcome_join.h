// Joining by Welcome (RFC 9420 section 12.4.3.1).
#pragma once

#include <memory>

#include "base/result.h"
#include "mls/group/group_state.h"
#include "mls/wire/group_info.h"
#include "mls/wire/welcome.h"

namespace sotto::mls {

// A Welcome with its two layers off: the secrets for one KeyPackage, and the GroupInfo.
struct OpenedWelcome {
  GroupSecrets group_secrets;
  GroupInfo group_info;
  Secret<kNh> joiner_secret;
  Secret<kNh> psk_secret;
};

// kNotFound if it is not for this KeyPackage, kUnknownKey without a PSK, kUnauthenticated.
// `origin` is the group that the new one replaces or branches from, if there is one.
Result<OpenedWelcome> open_welcome(const Welcome& welcome, const OwnKeyPackage& key_package,
                                   const PskStore* psks, const GroupState* origin);

Result<std::unique_ptr<GroupState>> join_group(const Welcome& welcome, OwnKeyPackage& key_package,
                                               const JoinOptions& options,
                                               const GroupState* origin);

}  // namespace sotto::mls
