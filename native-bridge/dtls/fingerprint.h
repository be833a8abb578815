// a=fingerprint:sha-256 (RFC 8122 section 5): what ties a DTLS certificate to the signalling.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto::bridge {

struct Fingerprint {
  std::array<std::uint8_t, 32> sha256{};

  // "0D:A0:..:FF", upper or lower case; kMalformed otherwise.
  static Result<Fingerprint> from_text(std::string_view text);
  // Of a DER certificate.
  static Fingerprint of(ByteView der);
  std::string text() const;  // upper case, with colons
  friend bool operator==(const Fingerprint&, const Fingerprint&) = default;
};

}  // namespace sotto::bridge
