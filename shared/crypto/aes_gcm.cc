// AES-GCM (NIST SP 800-38D) with nonces of 12 bytes and tags of 16 or 8.
#include "crypto/aes.h"
#include "crypto/openssl_aead.h"

namespace sotto {

Result<std::unique_ptr<Aead>> make_aes_gcm(AeadAlgorithm algorithm, ByteView key) {
  const bool large = algorithm == AeadAlgorithm::kAes256Gcm;
  return make_openssl_aead(algorithm, large ? EVP_aes_256_gcm() : EVP_aes_128_gcm(), key);
}

}  // namespace sotto
