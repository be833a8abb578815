#include "stun/message.h"

#include <openssl/crypto.h>

#include <algorithm>

#include "base/byte_reader.h"
#include "stun/integrity.h"

namespace sotto::bridge::stun {
namespace {

constexpr std::uint16_t kCookieHigh = kMagicCookie >> 16;

// RFC 8489 section 14.2: the port and the first 32 bits are xored with the cookie, the other
// bits of an IPv6 address with the transaction id.
Result<Address> xor_mapped_address(ByteView value, const TransactionId& transaction) {
  ByteReader reader(value);
  TRY_VOID(reader.skip(1));
  TRY(const std::uint8_t family, reader.u8());
  TRY(const std::uint16_t port, reader.u16());
  if (family != 1 && family != 2) return fail(Error::kMalformed);
  TRY(const ByteView ip, reader.bytes(family == 1 ? 4 : 16));
  std::array<std::uint8_t, 16> pad{0x21, 0x12, 0xa4, 0x42};
  std::copy(transaction.begin(), transaction.end(), pad.begin() + 4);
  std::array<std::uint8_t, 16> plain{};
  for (std::size_t i = 0; i < ip.size(); ++i) plain[i] = ip[i] ^ pad[i];
  return Address::from_bytes(ByteView(plain).first(ip.size()), port ^ kCookieHigh);
}

Result<std::uint16_t> error_code(ByteView value) {
  ByteReader reader(value);
  TRY_VOID(reader.skip(2));
  TRY(const std::uint8_t hundreds, reader.u8());
  TRY(const std::uint8_t rest, reader.u8());
  return static_cast<std::uint16_t>((hundreds & 7) * 100 + rest);
}

template <typename T>
Result<void> set_integer(std::optional<T>& field, ByteView value) {
  if (value.size() != sizeof(T)) return fail(Error::kMalformed);
  if (field) return {};
  TRY(const std::uint64_t number, ByteReader(value).uint(sizeof(T)));
  field = static_cast<T>(number);
  return {};
}

Result<void> read_attribute(Message& message, std::uint16_t type, ByteView value) {
  switch (type) {
    case kUsername:
      if (!message.username) message.username = as_text(value);
      return {};
    case kPriority:
      return set_integer(message.priority, value);
    case kIceControlled:
      return set_integer(message.controlled, value);
    case kIceControlling:
      return set_integer(message.controlling, value);
    case kUseCandidate:
      message.use_candidate = true;
      return {};
    case kXorMappedAddress: {
      TRY(const Address address, xor_mapped_address(value, message.transaction));
      if (!message.mapped_address) message.mapped_address = address;
      return {};
    }
    case kErrorCode: {
      TRY(const std::uint16_t code, error_code(value));
      if (!message.error_code) message.error_code = code;
      return {};
    }
    case kUnknownAttributes:
    case kMessageIntegritySha256:
      return {};  // known, of no use here
    default:
      if (type < kFirstOptional && !message.unknown_required) message.unknown_required = type;
      return {};
  }
}

Result<Message> read_header(ByteReader& reader, ByteView bytes) {
  Message message;
  message.bytes = bytes;
  TRY(message.type, reader.u16());
  TRY(const std::uint16_t length, reader.u16());
  TRY(const std::uint32_t cookie, reader.u32());
  TRY(const ByteView transaction, reader.bytes(message.transaction.size()));
  if ((message.type & 0xc000) != 0 || cookie != kMagicCookie) return fail(Error::kMalformed);
  if (length % 4 != 0 || length != reader.remaining()) return fail(Error::kMalformed);
  std::copy(transaction.begin(), transaction.end(), message.transaction.begin());
  return message;
}

}  // namespace

Result<Message> Message::parse(ByteView bytes) {
  if (bytes.size() > kMaxMessage) return fail(Error::kTooLarge);
  ByteReader reader(bytes);
  TRY(Message message, read_header(reader, bytes));
  while (!reader.empty()) {
    const std::size_t at = reader.position();
    TRY(const std::uint16_t type, reader.u16());
    TRY(const std::uint16_t length, reader.u16());
    TRY(const ByteView value, reader.bytes(length));
    TRY_VOID(reader.skip((4 - length % 4) % 4));
    if (type == kFingerprint) {
      if (length != 4 || !reader.empty()) return fail(Error::kMalformed);
      message.fingerprint_at = at;
    } else if (message.integrity_at != 0) {
      continue;  // not protected by MESSAGE-INTEGRITY
    } else if (type == kMessageIntegrity) {
      if (length != kIntegritySize) return fail(Error::kMalformed);
      message.integrity_at = at;
    } else {
      TRY_VOID(read_attribute(message, type, value));
    }
  }
  return message;
}

bool Message::has_integrity(std::string_view password) const {
  if (!carries_integrity()) return false;
  const auto expected = message_integrity(bytes.first(integrity_at), password);
  if (!expected) return false;
  const ByteView actual = bytes.subspan(integrity_at + 4, kIntegritySize);
  return CRYPTO_memcmp(expected->data(), actual.data(), kIntegritySize) == 0;
}

bool Message::has_fingerprint() const {
  if (!carries_fingerprint()) return false;
  const auto actual = ByteReader(bytes.subspan(fingerprint_at + 4)).u32();
  return actual && *actual == fingerprint(bytes.first(fingerprint_at));
}

Result<std::string_view> local_ufrag(ByteView datagram) {
  TRY(const Message message, Message::parse(datagram));
  if (message.type != kBindingRequest || !message.username) return fail(Error::kNotFound);
  const std::size_t colon = message.username->find(':');
  if (colon == std::string_view::npos) return fail(Error::kMalformed);
  return message.username->substr(0, colon);
}

}  // namespace sotto::bridge::stun
