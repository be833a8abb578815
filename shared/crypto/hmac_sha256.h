// HMAC-SHA256 (RFC 2104), part by part; HKDF and PBKDF2 stand on it. A copy goes on from where the
// original is. Wiped when it dies.
#pragma once

#include <span>

#include "base/bytes.h"
#include "crypto/secret.h"
#include "crypto/sha256.h"

#ifndef __EMSCRIPTEN__
#include <sodium.h>
#endif

namespace sotto {

// Of our own SHA-256.
class CompactHmacSha256 {
 public:
  explicit CompactHmacSha256(ByteView key);

  void update(ByteView part) { inner_.update(part); }
  void finish(std::span<std::uint8_t, Sha256::kSize> mac);

 private:
  Sha256 inner_;
  Sha256 outer_;
};

#ifdef __EMSCRIPTEN__
using HmacSha256 = CompactHmacSha256;
#else
class HmacSha256 {
 public:
  explicit HmacSha256(ByteView key) {
    static constexpr std::uint8_t kNoKey[1] = {};  // libsodium takes no null address
    crypto_auth_hmacsha256_init(&state_, key.empty() ? kNoKey : key.data(), key.size());
  }
  HmacSha256(const HmacSha256&) = default;
  HmacSha256& operator=(const HmacSha256&) = default;
  ~HmacSha256() { sodium_memzero(&state_, sizeof state_); }

  void update(ByteView part) { crypto_auth_hmacsha256_update(&state_, part.data(), part.size()); }
  void finish(std::span<std::uint8_t, Sha256::kSize> mac) {
    crypto_auth_hmacsha256_final(&state_, mac.data());
  }

 private:
  crypto_auth_hmacsha256_state state_;
};
#endif

}  // namespace sotto
