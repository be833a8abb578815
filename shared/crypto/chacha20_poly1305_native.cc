// Natively both libraries have ChaCha20-Poly1305. libsodium's costs less to begin with, OpenSSL's
// (in assembly for wide vectors) less a byte; they meet below 1 KB.
#include "crypto/chacha20_poly1305_native.h"

#include "crypto/chacha20_poly1305.h"
#include "crypto/faster_of_two.h"
#include "crypto/openssl_aead.h"

namespace sotto {

Result<std::unique_ptr<Aead>> make_faster_chacha20_poly1305(ByteView key) {
  constexpr std::size_t kLargeFrom = 900;
  TRY(auto small, make_chacha20_poly1305(key));
  TRY(auto large,
      make_openssl_aead(AeadAlgorithm::kChaCha20Poly1305, EVP_chacha20_poly1305(), key));
  return std::unique_ptr<Aead>(
      std::make_unique<FasterOfTwo>(std::move(small), std::move(large), kLargeFrom));
}

}  // namespace sotto
