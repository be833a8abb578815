// AES-GCM (NIST SP 800-38D) with nonces of 12 bytes and tags of 16 or 8: OpenSSL's, and for small
// messages under keys of 256 bits libsodium's, which costs half as much to begin with.
#include "crypto/aes.h"
#include "crypto/faster_of_two.h"
#include "crypto/openssl_aead.h"
#include "crypto/sodium_aes_gcm.h"

namespace sotto {
namespace {

constexpr std::size_t kLargeFrom = 900;

}  // namespace

bool has_aes() {
  return true;
}

Result<std::unique_ptr<Aead>> make_aes_gcm(AeadAlgorithm algorithm, ByteView key) {
  if (algorithm != AeadAlgorithm::kAes256Gcm) {
    return make_openssl_aead(algorithm, EVP_aes_128_gcm(), key);
  }
  TRY(auto large, make_openssl_aead(algorithm, EVP_aes_256_gcm(), key));
  auto small = make_sodium_aes_256_gcm(key);
  if (!small) return large;
  return std::unique_ptr<Aead>(
      std::make_unique<FasterOfTwo>(*std::move(small), std::move(large), kLargeFrom));
}

}  // namespace sotto
