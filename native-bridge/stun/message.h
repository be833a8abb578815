// A parsed STUN message (RFC 8489 section 5): views into the caller's bytes, no allocation.
//
//    0                   1                   2                   3
//   +---+---------------------------+-------------------------------+
//   |0 0|     message type (14)     |      length, without header   |
//   +---+---------------------------+-------------------------------+
//   |                  magic cookie 0x2112A442                      |
//   +---------------------------------------------------------------+
//   |                  transaction id (96 bits)                     |
//   +---------------------------------------------------------------+
//   |  attribute type               |  length without padding       |
//   |  value, padded to 4 bytes ...                                 |
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "datagram/address.h"
#include "stun/attribute.h"

namespace sotto::bridge::stun {

struct Message {
  // Attributes that follow MESSAGE-INTEGRITY are ignored but for FINGERPRINT (section 14.5), and
  // only the first of each kind counts (section 14). kMalformed, kTruncated or kTooLarge.
  static Result<Message> parse(ByteView bytes);

  // HMAC-SHA1 over everything before the attribute, with the header's length as it was then.
  // False when there is no MESSAGE-INTEGRITY. `password` is the short-term key (section 9.1.1).
  bool has_integrity(std::string_view password) const;
  // CRC-32 of everything before, xor 0x5354554e; false when it is absent.
  bool has_fingerprint() const;

  std::uint16_t type = 0;
  TransactionId transaction{};
  std::optional<std::string_view> username;
  std::optional<std::uint32_t> priority;
  std::optional<std::uint64_t> controlled;   // its tie-breaker
  std::optional<std::uint64_t> controlling;  // its tie-breaker
  bool use_candidate = false;
  std::optional<Address> mapped_address;  // XOR-MAPPED-ADDRESS
  std::optional<std::uint16_t> error_code;
  // The first attribute that must be understood and is not.
  std::optional<std::uint16_t> unknown_required;

  bool carries_integrity() const { return integrity_at != 0; }
  bool carries_fingerprint() const { return fingerprint_at != 0; }

  ByteView bytes;                // the whole message
  std::size_t integrity_at = 0;  // offset of the attribute's header; 0: absent
  std::size_t fingerprint_at = 0;
};

// The part of a binding request's USERNAME before the colon: the ufrag of the receiver, which
// tells whose transport a new path belongs to. Proves nothing: the transport checks integrity.
Result<std::string_view> local_ufrag(ByteView datagram);

}  // namespace sotto::bridge::stun
