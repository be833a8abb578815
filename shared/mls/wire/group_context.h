// The group context (RFC 9420 section 8.1): what all members of an epoch agree on.
#pragma once

#include "mls/wire/extension.h"

namespace sotto::mls {

struct GroupContext {
  ProtocolVersion version = ProtocolVersion::kMls10;
  CipherSuite cipher_suite{};
  Bytes group_id;
  std::uint64_t epoch = 0;
  Bytes tree_hash;
  Bytes confirmed_transcript_hash;
  Extensions extensions;
  friend bool operator==(const GroupContext&, const GroupContext&) = default;
};

void read(Reader& in, GroupContext& group_context);
void write(Writer& out, const GroupContext& group_context);

}  // namespace sotto::mls
