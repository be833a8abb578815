#include "crypto/hmac_sha512.h"

#include <sodium.h>

namespace sotto {

Result<void> hmac_sha512(ByteView key, std::initializer_list<ByteView> message, MutableBytes mac) {
  if (mac.size() != crypto_auth_hmacsha512_BYTES) return fail(Error::kInvalidArgument);
  // The key of an empty view may have no address, which libsodium does not take.
  static constexpr std::uint8_t kNoKey[1] = {};
  crypto_auth_hmacsha512_state state;
  crypto_auth_hmacsha512_init(&state, key.empty() ? kNoKey : key.data(), key.size());
  for (ByteView part : message) {
    crypto_auth_hmacsha512_update(&state, part.data(), part.size());
  }
  crypto_auth_hmacsha512_final(&state, mac.data());
  sodium_memzero(&state, sizeof state);  // it holds the padded key
  return {};
}

}  // namespace sotto
