// HPKE (RFC 9180), base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, and ChaCha20-Poly1305 or
// AES-128-GCM.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "base/bytes.h"
#include "base/random.h"
#include "base/result.h"
#include "crypto/aead.h"
#include "crypto/secret.h"
#include "crypto/x25519.h"

namespace sotto {

inline constexpr std::size_t kHpkeNenc = 32;  // the encapsulated key
inline constexpr std::size_t kHpkeNt = 16;    // the AEAD's tag

using HpkeEnc = std::array<std::uint8_t, kHpkeNenc>;

struct HpkeKeyPair {
  Secret<kX25519KeySize> private_key;
  X25519PublicKey public_key = {};

  static HpkeKeyPair generate(RandomSource& random);
  // KEM.DeriveKeyPair (section 7.1.3).
  static HpkeKeyPair derive(ByteView ikm);
  static HpkeKeyPair from_private_key(std::span<const std::uint8_t, kX25519KeySize> private_key);
};

// What both sides hold after the setup (section 5.1.4): one key, a sequence number, an exporter.
class HpkeContext {
 public:
  // `sealed` is plain.size() + kHpkeNt. kExhausted after 2^64 - 1 messages.
  Result<void> seal(ByteView aad, ByteView plain, MutableBytes sealed);
  // `plain` is sealed.size() - kHpkeNt. On kUnauthenticated the sequence number stays.
  Result<void> open(ByteView aad, ByteView sealed, MutableBytes plain);
  // Section 5.3. kInvalidArgument over 8,160 bytes.
  Result<void> export_secret(ByteView exporter_context, MutableBytes out) const;

 private:
  friend class HpkeKeySchedule;
  HpkeContext() = default;

  std::array<std::uint8_t, 12> nonce() const;

  std::unique_ptr<Aead> aead_;
  Secret<12> base_nonce_;
  Secret<32> exporter_secret_;
  std::uint64_t sequence_ = 0;
};

struct HpkeSender {
  HpkeEnc enc;
  HpkeContext context;
};

// SetupBaseS. kMalformed for a public key of another size or of small order; kUnsupported for an
// AEAD other than the two, or one that this build does not have.
Result<HpkeSender> hpke_setup_sender(AeadAlgorithm aead, ByteView public_key, ByteView info,
                                     RandomSource& random);

// SetupBaseR. kUnauthenticated for an `enc` that no honest sender makes.
Result<HpkeContext> hpke_setup_receiver(AeadAlgorithm aead, ByteView enc,
                                        const HpkeKeyPair& key_pair, ByteView info);

}  // namespace sotto
