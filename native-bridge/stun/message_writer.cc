#include "stun/message_writer.h"

#include <algorithm>
#include <array>

#include "stun/integrity.h"

namespace sotto::bridge::stun {

MessageWriter::MessageWriter(MutableBytes buffer, std::uint16_t type,
                             const TransactionId& transaction)
    : writer_(buffer) {
  writer_.u16(type);
  writer_.u16(0);
  writer_.u32(kMagicCookie);
  writer_.bytes(transaction);
}

void MessageWriter::set_length(std::size_t extra) {
  writer_.patch_u16(2, static_cast<std::uint16_t>(writer_.size() - kHeaderSize + extra));
}

void MessageWriter::add(std::uint16_t attribute, ByteView value) {
  writer_.u16(attribute);
  writer_.u16(static_cast<std::uint16_t>(value.size()));
  writer_.bytes(value);
  writer_.zeros((4 - value.size() % 4) % 4);
  if (writer_.ok()) set_length(0);
}

void MessageWriter::add_u32(std::uint16_t attribute, std::uint32_t value) {
  std::array<std::uint8_t, 4> bytes;
  ByteWriter(bytes).u32(value);
  add(attribute, bytes);
}

void MessageWriter::add_u64(std::uint16_t attribute, std::uint64_t value) {
  std::array<std::uint8_t, 8> bytes;
  ByteWriter(bytes).u64(value);
  add(attribute, bytes);
}

void MessageWriter::add_xor_mapped_address(const Address& address) {
  if (!writer_.ok()) return;
  std::array<std::uint8_t, 20> value;
  ByteWriter out(value);
  out.u8(0);
  out.u8(address.is_v4() ? 1 : 2);
  out.u16(address.port() ^ (kMagicCookie >> 16));
  // The pad is the cookie and the transaction id, which lie together in our own header.
  const ByteView pad = writer_.written().subspan(4, 16);
  for (std::size_t i = 0; i < address.ip().size(); ++i) out.u8(address.ip()[i] ^ pad[i]);
  add(kXorMappedAddress, out.written());
}

void MessageWriter::add_error_code(std::uint16_t code, std::string_view reason) {
  std::array<std::uint8_t, 64> value;
  ByteWriter out(value);
  out.u16(0);
  out.u8(static_cast<std::uint8_t>(code / 100));
  out.u8(static_cast<std::uint8_t>(code % 100));
  out.bytes(as_bytes(reason.substr(0, out.remaining())));
  add(kErrorCode, out.written());
}

void MessageWriter::add_integrity(std::string_view password) {
  if (!writer_.ok()) return;
  const auto mac = message_integrity(writer_.written(), password);
  if (mac) {
    add(kMessageIntegrity, *mac);
  } else {
    writer_.reserve(writer_.remaining() + 1);  // fails the writer: too long to authenticate
  }
}

void MessageWriter::add_fingerprint() {
  if (!writer_.ok()) return;
  set_length(8);
  add_u32(kFingerprint, fingerprint(writer_.written()));
}

Result<ByteView> MessageWriter::finish() const {
  if (!writer_.ok()) return fail(Error::kBufferTooSmall);
  return ByteView(writer_.written());
}

}  // namespace sotto::bridge::stun
