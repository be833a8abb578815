// The cipher suites of this implementation (RFC 9420 sections 5.1 and 17.1). They differ in their
// AEAD alone, so whatever needs no AEAD does not ask for the suite.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/result.h"
#include "crypto/aead.h"
#include "mls/wire/types.h"

namespace sotto::mls {

// A CipherSuite that is known to be one of ours.
enum class Suite : std::uint16_t {
  kX25519Aes128GcmSha256Ed25519 = 0x0001,
  kX25519ChaCha20Poly1305Sha256Ed25519 = 0x0003,
};

inline constexpr std::size_t kNh = 32;   // KDF.Nh, and the size of hashes and MACs
inline constexpr std::size_t kNpk = 32;  // an HPKE public key
inline constexpr std::size_t kNsk = 32;  // an HPKE private key
inline constexpr std::size_t kNenc = 32;
inline constexpr std::size_t kNn = 12;     // AEAD.Nn
inline constexpr std::size_t kNt = 16;     // AEAD.Nt
inline constexpr std::size_t kMaxNk = 32;  // the largest AEAD.Nk

// A hash or a MAC.
using HashValue = std::array<std::uint8_t, kNh>;

// kUnsupported for any other.
Result<Suite> suite_from(CipherSuite cipher_suite);

constexpr CipherSuite cipher_suite_of(Suite suite) {
  return static_cast<CipherSuite>(suite);
}

AeadAlgorithm aead_of(Suite suite);

constexpr std::size_t nk(Suite suite) {
  return suite == Suite::kX25519Aes128GcmSha256Ed25519 ? 16 : 32;
}

}  // namespace sotto::mls
