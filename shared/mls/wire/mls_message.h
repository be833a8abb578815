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

void read(Reader& in, MlsMessage& message);
void write(Writer& out, const MlsMessage& message);

}  // namespace sotto::mls
