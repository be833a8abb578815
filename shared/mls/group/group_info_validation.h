// A GroupInfo and its tree, as somebody who is about to join sees them (RFC 9420 sections 12.4.3,
// 12.4.3.1 and 12.4.3.2).
#pragma once

#include <span>

#include "base/result.h"
#include "mls/group/group_options.h"
#include "mls/tree/leaf_validation.h"
#include "mls/tree/ratchet_tree.h"
#include "mls/wire/group_info.h"

namespace sotto::mls {

struct Joining {
  CipherSuite cipher_suite;
  std::optional<ByteView> ratchet_tree;  // from elsewhere; wins over the GroupInfo's
  std::optional<UnixTime> now;
  std::span<const Bytes> groups_in_use;
  const GroupOptions& options;
};

// The whole tree is valid and the GroupInfo signed by one of its members. Everything but what needs
// the group's secrets. kNotFound without any tree, kAlreadyExists for a group_id in use.
Result<RatchetTree> validate_group_info(const GroupInfo& group_info, const Joining& joining);

const CredentialPolicy& policy_of(const GroupOptions& options);

}  // namespace sotto::mls
