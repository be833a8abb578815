// Authenticated encryption with associated data (RFC 5116), bound to one key.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto {

// In the order of the table in aead.cc.
enum class AeadAlgorithm : std::uint8_t {
  kChaCha20Poly1305,   // RFC 8439
  kXChaCha20Poly1305,  // 24-byte nonces, which may be random
  kAes128Gcm,          // the AES ones where sotto_crypto_full is linked
  kAes256Gcm,
  kAes128CtrHmacSha256_80,  // RFC 9605 section 4.5.1, with a tag of 80, 64 or 32 bits
  kAes128CtrHmacSha256_64,
  kAes128CtrHmacSha256_32,
  kAes256CtrHmacSha512_80,  // the same with larger keys, of the working group's later vectors
  kAes256CtrHmacSha512_64,
  kAes256CtrHmacSha512_32,
  kAes128Gcm_64,  // its tag cut to 8 bytes (NIST SP 800-38D appendix C); of interoperation formats
                  // alone
};

struct AeadSizes {
  std::size_t key = 0;
  std::size_t nonce = 0;
  std::size_t tag = 0;
};

AeadSizes sizes(AeadAlgorithm algorithm);

// Keeps the expanded key; not for use from two threads at once. Buffers are the caller's.
class Aead {
 public:
  virtual ~Aead() = default;

  // Writes ciphertext and tag: sealed.size() must be plain.size() + tag. `sealed` may begin where
  // `plain` does (in place); otherwise they must not overlap.
  virtual Result<void> seal(ByteView nonce, ByteView aad, ByteView plain, MutableBytes sealed) = 0;

  // The same for first || rest, which need not lie together; neither may overlap `sealed`, but
  // `first` may lie where its ciphertext will. Saves a copy where the cipher can stream.
  virtual Result<void> seal_parts(ByteView nonce, ByteView aad, ByteView first, ByteView rest,
                                  MutableBytes sealed);

  // plain.size() must be sealed.size() - tag; `plain` may begin where `sealed` does. On
  // kUnauthenticated `plain` holds zeros or what it held before, never unverified text.
  virtual Result<void> open(ByteView nonce, ByteView aad, ByteView sealed, MutableBytes plain) = 0;
};

// kInvalidArgument for a key of the wrong size, kUnsupported for what this build does not have.
Result<std::unique_ptr<Aead>> make_aead(AeadAlgorithm algorithm, ByteView key);

}  // namespace sotto
