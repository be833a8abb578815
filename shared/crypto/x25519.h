// X25519 (RFC 7748).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/result.h"
#include "crypto/secret.h"

namespace sotto {

inline constexpr std::size_t kX25519KeySize = 32;

using X25519PublicKey = std::array<std::uint8_t, kX25519KeySize>;

X25519PublicKey x25519_public_key(std::span<const std::uint8_t, kX25519KeySize> private_key);

// Whether a public key is one of the few that share nothing with any private key. Nobody's real key
// is, and x25519() fails with it: a key that others will have to seal to is asked this when it
// comes, so that it cannot spoil their messages later.
bool x25519_is_small_order(std::span<const std::uint8_t, kX25519KeySize> public_key);

// kMalformed when the result is all zeros, which a key of small order makes of any other (RFC 7748
// section 6.1, RFC 9180 section 7.1.4).
Result<Secret<kX25519KeySize>> x25519(std::span<const std::uint8_t, kX25519KeySize> private_key,
                                      std::span<const std::uint8_t, kX25519KeySize> public_key);

}  // namespace sotto
