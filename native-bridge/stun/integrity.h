// The two checks that a STUN message can carry.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "stun/attribute.h"

namespace sotto::bridge::stun {

// MESSAGE-INTEGRITY (RFC 8489 section 14.5): HMAC-SHA1 over `before`, the message up to the
// attribute, as if the header's length ended with the attribute. kTooLarge over kMaxMessage.
Result<std::array<std::uint8_t, kIntegritySize>> message_integrity(ByteView before,
                                                                   std::string_view password);

// FINGERPRINT (section 14.7): CRC-32 of `before` xor 0x5354554e. The header's length must
// already include the attribute.
std::uint32_t fingerprint(ByteView before);

}  // namespace sotto::bridge::stun
