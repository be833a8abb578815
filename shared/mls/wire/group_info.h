// Group infos (RFC 9420 section 12.4.3).
#pragma once

#include "mls/wire/group_context.h"

namespace sotto::mls {

struct GroupInfo {
  GroupContext group_context;
  Extensions extensions;
  Mac confirmation_tag;
  LeafIndex signer;
  Bytes signature;
  friend bool operator==(const GroupInfo&, const GroupInfo&) = default;
};

void read(Reader& in, GroupInfo& group_info);
void write(Writer& out, const GroupInfo& group_info);

// GroupInfoTBS, signed as "GroupInfoTBS".
Bytes group_info_tbs(const GroupInfo& group_info);

}  // namespace sotto::mls
