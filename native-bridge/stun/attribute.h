// Numbers of STUN (RFC 8489) and of its use by ICE (RFC 8445 section 16.1).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace sotto::bridge::stun {

inline constexpr std::uint32_t kMagicCookie = 0x2112a442;
inline constexpr std::size_t kHeaderSize = 20;
inline constexpr std::size_t kIntegritySize = 20;  // HMAC-SHA1
// A STUN message over UDP stays below the path MTU (RFC 8489 section 6.1).
inline constexpr std::size_t kMaxMessage = 1500;

using TransactionId = std::array<std::uint8_t, 12>;

enum MessageType : std::uint16_t {
  kBindingRequest = 0x0001,
  kBindingIndication = 0x0011,
  kBindingSuccess = 0x0101,
  kBindingError = 0x0111,
};

enum AttributeType : std::uint16_t {
  kUsername = 0x0006,
  kMessageIntegrity = 0x0008,
  kErrorCode = 0x0009,
  kUnknownAttributes = 0x000a,
  kMessageIntegritySha256 = 0x001c,
  kXorMappedAddress = 0x0020,
  kPriority = 0x0024,
  kUseCandidate = 0x0025,
  kFingerprint = 0x8028,
  kIceControlled = 0x8029,
  kIceControlling = 0x802a,
};

// Types below this must be understood, or the request is answered with 420 (section 5).
inline constexpr std::uint16_t kFirstOptional = 0x8000;

}  // namespace sotto::bridge::stun
