// SFrame cipher suites (RFC 9605 section 4.5) and Sotto's own.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/result.h"
#include "crypto/aead.h"
#include "crypto/hkdf.h"

namespace sotto {

enum class CipherSuite : std::uint16_t {
  kAes128CtrHmacSha256_80 = 0x0001,
  kAes128CtrHmacSha256_64 = 0x0002,
  kAes128CtrHmacSha256_32 = 0x0003,
  kAes128GcmSha256_128 = 0x0004,
  kAes256GcmSha512_128 = 0x0005,
  // Not of the RFC: from the working group's vectors after it.
  kAes256CtrHmacSha512_80 = 0x0006,
  kAes256CtrHmacSha512_64 = 0x0007,
  kAes256CtrHmacSha512_32 = 0x0008,
  // From the range for private use: in WebAssembly AES cannot be both fast and constant-time.
  kChaCha20Poly1305Sha256 = 0xF001,
};

inline constexpr CipherSuite kSottoSuite = CipherSuite::kChaCha20Poly1305Sha256;

// The constants of section 4.4.1.
struct SuiteParameters {
  Hash hash = Hash::kSha256;
  AeadAlgorithm aead = AeadAlgorithm::kChaCha20Poly1305;
  std::size_t nk = 0;  // size of the AEAD's key
  std::size_t nt = 0;  // size of its tag
};

inline constexpr std::size_t kMaxNk = 96;
inline constexpr std::size_t kNn = 12;  // size of the nonce, in every suite
inline constexpr std::size_t kMaxNt = 16;

// kUnsupported for an unknown identifier.
Result<SuiteParameters> parameters(CipherSuite suite);

}  // namespace sotto
