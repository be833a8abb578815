#include "crypto/pbkdf2.h"

#include <sodium.h>

#include <algorithm>

#include "crypto/secret.h"

namespace sotto {
namespace {

constexpr std::size_t kBlock = crypto_auth_hmacsha256_BYTES;
constexpr std::size_t kMaxSize = 255 * kBlock;

// HMAC under one key many times: the two blocks of padded key are hashed once and their state is
// copied, which halves the work.
class KeyedHmac {
 public:
  explicit KeyedHmac(ByteView key) {
    static constexpr std::uint8_t kNoKey[1] = {};  // libsodium takes no null address
    crypto_auth_hmacsha256_init(&keyed_, key.empty() ? kNoKey : key.data(), key.size());
  }
  ~KeyedHmac() {
    sodium_memzero(&keyed_, sizeof keyed_);
    sodium_memzero(&state_, sizeof state_);
  }
  KeyedHmac(const KeyedHmac&) = delete;
  KeyedHmac& operator=(const KeyedHmac&) = delete;

  // `mac` may be one of the parts.
  void compute(ByteView first, ByteView second, Secret<kBlock>& mac) {
    state_ = keyed_;
    crypto_auth_hmacsha256_update(&state_, first.data(), first.size());
    crypto_auth_hmacsha256_update(&state_, second.data(), second.size());
    crypto_auth_hmacsha256_final(&state_, mac.writable().data());
  }

 private:
  crypto_auth_hmacsha256_state keyed_;
  crypto_auth_hmacsha256_state state_;
};

}  // namespace

// T(n) = U(1) xor U(2) ..., U(1) = HMAC(passphrase, salt || u32 n), U(i) = HMAC(passphrase, U(i -
// 1))
Result<void> pbkdf2_sha256(ByteView passphrase, ByteView salt, std::uint32_t iterations,
                           MutableBytes out) {
  if (iterations == 0 || out.size() > kMaxSize) return fail(Error::kInvalidArgument);
  KeyedHmac hmac(passphrase);
  Secret<kBlock> u;
  Secret<kBlock> t;
  for (std::uint8_t n = 1; !out.empty(); ++n) {
    const std::uint8_t number[4] = {0, 0, 0, n};
    hmac.compute(salt, number, u);
    std::memcpy(t.writable().data(), u.view().data(), kBlock);
    for (std::uint32_t i = 1; i < iterations; ++i) {
      hmac.compute(u.view(), {}, u);
      for (std::size_t at = 0; at < kBlock; ++at) t.writable()[at] ^= u.view()[at];
    }
    const std::size_t part = std::min(kBlock, out.size());
    std::memcpy(out.data(), t.view().data(), part);
    out = out.subspan(part);
  }
  return {};
}

}  // namespace sotto
