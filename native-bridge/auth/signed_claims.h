// A JSON Web Token (RFC 7519) in the compact form of JWS (RFC 7515) to the text of its claims, once
// the signature is that of the key which its header chooses.
//
//   base64url(header) "." base64url(claims) "." base64url(signature)
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "auth/key_set.h"
#include "auth/refusal.h"

namespace sotto::bridge::auth {

inline constexpr std::size_t kMaxTokenChars = 8192;
inline constexpr std::size_t kMaxHeaderChars = 1024;

// The claims' text, whatever it is; nobody has looked at it but the signer.
std::variant<std::string, Refusal> signed_claims(std::string_view token, const KeySet& keys);

}  // namespace sotto::bridge::auth
