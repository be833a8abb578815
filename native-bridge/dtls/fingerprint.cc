#include "dtls/fingerprint.h"

#include <openssl/sha.h>

#include <algorithm>

#include "base/hex.h"

namespace sotto::bridge {

Result<Fingerprint> Fingerprint::from_text(std::string_view text) {
  Fingerprint fingerprint;
  if (text.size() != fingerprint.sha256.size() * 3 - 1) return fail(Error::kMalformed);
  for (std::size_t i = 0; i < fingerprint.sha256.size(); ++i) {
    if (i > 0 && text[3 * i - 1] != ':') return fail(Error::kMalformed);
    TRY(const auto byte, from_hex(text.substr(3 * i, 2)));
    fingerprint.sha256[i] = byte.front();
  }
  return fingerprint;
}

Fingerprint Fingerprint::of(ByteView der) {
  Fingerprint fingerprint;
  SHA256(der.data(), der.size(), fingerprint.sha256.data());
  return fingerprint;
}

std::string Fingerprint::text() const {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text;
  for (std::uint8_t byte : sha256) {
    if (!text.empty()) text += ':';
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace sotto::bridge
