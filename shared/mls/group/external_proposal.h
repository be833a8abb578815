// Proposals from outside a group (RFC 9420 section 12.1.8), as MLSMessages with a PublicMessage.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "mls/bytes.h"
#include "mls/group/key_package_generation.h"
#include "mls/wire/proposal.h"

namespace sotto::mls {

// By the owner of entry `sender_index` of the group's external_senders: add, remove, psk, reinit or
// group_context_extensions.
Result<Bytes> propose_externally(ByteView group_id, std::uint64_t epoch, std::uint32_t sender_index,
                                 const SignatureKeyPair& signature_key, Proposal proposal,
                                 ByteView authenticated_data = {});

// By a client that asks to be added itself.
Result<Bytes> propose_self(const OwnKeyPackage& key_package, ByteView group_id, std::uint64_t epoch,
                           ByteView authenticated_data = {});

}  // namespace sotto::mls
