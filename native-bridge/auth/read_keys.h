// The text of a key file to keys: a JWK Set (RFC 7517), or public keys in PEM (RFC 7468). It is
// read whole or not at all, so that a file that is being written, or has a mistake, changes
// nothing.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "auth/key_set.h"

namespace sotto::bridge::auth {

inline constexpr std::size_t kMaxKeyFileBytes = 1 << 20;
inline constexpr std::size_t kMaxKeys = 256;
inline constexpr std::size_t kMaxKidChars = 256;

struct ReadKeys {
  KeySet keys;
  std::size_t skipped =
      0;  // of a JWK Set: for encryption, or of algorithms that tokens here cannot have
};

// Otherwise what is wrong, in words that finish the sentence "FILE: ...". Nothing of a key is in
// it.
using KeysOrComplaint = std::variant<ReadKeys, std::string>;

KeysOrComplaint read_keys(std::string_view text);

// The two forms.
KeysOrComplaint read_jwk_set(std::string_view text);
// A line `kid: NAME` before a block names its key; RFC 7468 section 5.2 leaves room for such lines.
KeysOrComplaint read_pem_keys(std::string_view text);

}  // namespace sotto::bridge::auth
