// DHKEM(X25519, HKDF-SHA256) (RFC 9180 section 4.1): a secret shared with whoever holds a key pair.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"
#include "crypto/secret.h"
#include "crypto/x25519.h"

namespace sotto {

inline constexpr std::size_t kHpkeNenc = 32;

using HpkeEnc = std::array<std::uint8_t, kHpkeNenc>;  // the encapsulated key

struct HpkeKeyPair {
  Secret<kX25519KeySize> private_key;
  X25519PublicKey public_key = {};

  static HpkeKeyPair generate(RandomSource& random);
  // DeriveKeyPair (section 7.1.3).
  static HpkeKeyPair derive(ByteView input_key);
  static HpkeKeyPair from_private_key(std::span<const std::uint8_t, kX25519KeySize> private_key);
  HpkeKeyPair copy() const;
};

struct HpkeEncapsulated {
  HpkeEnc enc;
  Secret<32> shared_secret;
};

// kMalformed for a public key of another size or of small order.
Result<HpkeEncapsulated> hpke_encap(ByteView public_key, RandomSource& random);

// The same for an `enc`.
Result<Secret<32>> hpke_decap(ByteView enc, const HpkeKeyPair& key_pair);

}  // namespace sotto
