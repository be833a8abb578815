// Identifiers of pre-shared keys (RFC 9420 section 8.4).
#pragma once

#include "mls/wire/codec.h"
#include "mls/wire/types.h"

namespace sotto::mls {

struct PreSharedKeyId {
  PskType psktype = PskType::kExternal;
  Bytes psk_id;  // of external alone, as the next three are of resumption alone
  ResumptionPskUsage usage = ResumptionPskUsage::kApplication;
  Bytes psk_group_id;
  std::uint64_t psk_epoch = 0;
  Bytes psk_nonce;
  friend bool operator==(const PreSharedKeyId&, const PreSharedKeyId&) = default;
};

void read(Reader& in, PreSharedKeyId& id);
void write(Writer& out, const PreSharedKeyId& id);

// PSKLabel.
Bytes psk_label(const PreSharedKeyId& id, std::uint16_t index, std::uint16_t count);

}  // namespace sotto::mls
