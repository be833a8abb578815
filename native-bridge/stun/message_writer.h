// Writes a STUN message into a caller's buffer. Add MESSAGE-INTEGRITY after all other
// attributes and FINGERPRINT last (RFC 8489 sections 14.5 and 14.7).
#pragma once

#include <cstdint>
#include <string_view>

#include "base/byte_writer.h"
#include "base/bytes.h"
#include "base/result.h"
#include "datagram/address.h"
#include "stun/attribute.h"

namespace sotto::bridge::stun {

class MessageWriter {
 public:
  MessageWriter(MutableBytes buffer, std::uint16_t type, const TransactionId& transaction);

  void add(std::uint16_t attribute, ByteView value);
  void add_u32(std::uint16_t attribute, std::uint32_t value);
  void add_u64(std::uint16_t attribute, std::uint64_t value);
  void add_xor_mapped_address(const Address& address);
  void add_error_code(std::uint16_t code, std::string_view reason);
  void add_integrity(std::string_view password);
  void add_fingerprint();

  // The message; kBufferTooSmall when something did not fit.
  Result<ByteView> finish() const;

 private:
  // Writes into the header the length that the message has with `extra` more bytes.
  void set_length(std::size_t extra);

  ByteWriter writer_;
};

}  // namespace sotto::bridge::stun
