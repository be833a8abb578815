#include "auth/read_keys.h"

namespace sotto::bridge::auth {

KeysOrComplaint read_keys(std::string_view text) {
  if (text.size() > kMaxKeyFileBytes) return "is over 1 MiB, which no file of keys is";
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return "is empty";
  auto read = text[first] == '{' ? read_jwk_set(text) : read_pem_keys(text);
  const auto* keys = std::get_if<ReadKeys>(&read);
  if (keys && keys->keys.empty()) {
    return "has no public key that can sign tokens (RS256, PS256, ES256 or ES384)";
  }
  return read;
}

}  // namespace sotto::bridge::auth
