// The envelope of everything that is sent (RFC 9420 section 6).
#pragma once

#include <variant>

#include "mls/wire/group_info.h"
#include "mls/wire/private_message.h"
#include "mls/wire/public_message.h"
#include "mls/wire/welcome.h"

namespace sotto::mls {

// Always of version mls10: another one, or another wire format, is kUnsupported.
struct MlsMessage {
  // In the order of their formats' numbers.
  std::variant<PublicMessage, PrivateMessage, Welcome, GroupInfo, KeyPackage> body;

  WireFormat wire_format() const { return static_cast<WireFormat>(body.index() + 1); }
  // The body as a T, or null.
  template <typename T>
  const T* as() const {
    return std::get_if<T>(&body);
  }
  friend bool operator==(const MlsMessage&, const MlsMessage&) = default;
};

// The format that a body of this type has.
template <typename T>
inline constexpr WireFormat kWireFormat{};
template <>
inline constexpr WireFormat kWireFormat<PublicMessage> = WireFormat::kPublicMessage;
template <>
inline constexpr WireFormat kWireFormat<PrivateMessage> = WireFormat::kPrivateMessage;
template <>
inline constexpr WireFormat kWireFormat<Welcome> = WireFormat::kWelcome;
template <>
inline constexpr WireFormat kWireFormat<GroupInfo> = WireFormat::kGroupInfo;
template <>
inline constexpr WireFormat kWireFormat<KeyPackage> = WireFormat::kKeyPackage;

// encode(MlsMessage{body}), without a copy.
template <typename T>
Bytes encode_message(const T& body) {
  static_assert(kWireFormat<T> != WireFormat{});
  Writer out;
  write(out, ProtocolVersion::kMls10);
  write(out, kWireFormat<T>);
  write(out, body);
  return std::move(out).take();
}

void read(Reader& in, MlsMessage& message);
void write(Writer& out, const MlsMessage& message);

}  // namespace sotto::mls
