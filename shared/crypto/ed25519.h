// Ed25519 (RFC 8032), as libsodium signs and, above all, as libsodium accepts: members that accept
// different signatures would be members of different groups.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"
#include "crypto/secret.h"

namespace sotto {

inline constexpr std::size_t kEd25519PublicKeySize = 32;
inline constexpr std::size_t kEd25519SeedSize = 32;
inline constexpr std::size_t kEd25519SignatureSize = 64;

using Ed25519PublicKey = std::array<std::uint8_t, kEd25519PublicKeySize>;
using Ed25519Signature = std::array<std::uint8_t, kEd25519SignatureSize>;

class Ed25519KeyPair {
 public:
  static Ed25519KeyPair generate(RandomSource& random);
  // `seed` is what RFC 8032 calls the private key.
  static Ed25519KeyPair from_seed(std::span<const std::uint8_t, kEd25519SeedSize> seed);

  const Ed25519PublicKey& public_key() const { return public_key_; }
  // For a native endpoint that stores its identity.
  std::span<const std::uint8_t, kEd25519SeedSize> seed() const;

  Ed25519Signature sign(ByteView message) const;

 private:
  Ed25519KeyPair() = default;

  Secret<kEd25519SeedSize + kEd25519PublicKeySize> secret_key_;  // seed || public key
  Ed25519PublicKey public_key_ = {};
};

// kUnauthenticated for whatever libsodium does not accept: also sizes, non-canonical encodings,
// keys of small order.
Result<void> ed25519_verify(ByteView public_key, ByteView message, ByteView signature);

}  // namespace sotto
