// What people compare (security profile, section 10).
//
// The group code: 42 bits as seven emoji, of
//
//   prk  = HKDF-Extract(salt = epoch_authenticator, ikm = (u32 leaf || nonce[32]) of all who take
//          part, leaves rising)
//   code = the first 42 bits of HKDF-Expand(prk, "sotto sas", 6), six for each emoji
//
// A fingerprint: 30 digits of one identity,
//
//   hash = SHA-256("sotto fingerprint 1" || identity key)
//   six groups of five digits: each 5 bytes of hash, big-endian, modulo 100000
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "crypto/secret.h"
#include "room/code_message.h"
#include "room/identity.h"

namespace sotto::room {

inline constexpr std::size_t kCodeLength = 7;
inline constexpr std::size_t kCodeAlphabet = 64;

// Numbers of emoji, 0 to 63.
using ShortCode = std::array<std::uint8_t, kCodeLength>;

// What a page shows and reads out for one of them: the emoji in UTF-8, and its English word.
struct CodeSymbol {
  std::string_view emoji;
  std::string_view word;
};
CodeSymbol code_symbol(std::uint8_t number);

// SHA-256("sotto sas" || epoch_authenticator || u32 leaf || nonce)
CodeHash code_commitment(const Secret<32>& epoch_authenticator, mls::LeafIndex leaf,
                         const CodeNonce& nonce);

ShortCode short_code(const Secret<32>& epoch_authenticator,
                     const std::map<mls::LeafIndex, CodeNonce>& nonces);

// "12345 67890 ...": six groups.
std::string fingerprint(const IdentityKey& key);

}  // namespace sotto::room
