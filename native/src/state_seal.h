// A saved group under the app's key:
//
//   "SGS1" || nonce[24] || ciphertext || tag[16]
//
// XChaCha20-Poly1305 with a random nonce and "SGS1" as AAD, under
// HKDF-Expand(HKDF-Extract("", key), "sotto group state 1", 32).
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "mls/bytes.h"

namespace sotto::abi {

inline constexpr std::size_t kStateKeySize = 32;
inline constexpr std::size_t kStateOverhead = 4 + 24 + 16;

// `sealed` is of state.size() + kStateOverhead.
Result<void> seal_state(ByteView key, ByteView state, RandomSource& random, MutableBytes sealed);

// kTruncated, kUnsupported for another format, kUnauthenticated.
Result<mls::Bytes> open_state(ByteView key, ByteView sealed);

}  // namespace sotto::abi
