#include "mls/keys/suite.h"

namespace sotto::mls {

Result<Suite> suite_from(CipherSuite cipher_suite) {
  switch (cipher_suite) {
    case CipherSuite::kX25519Aes128GcmSha256Ed25519:
      return Suite::kX25519Aes128GcmSha256Ed25519;
    case CipherSuite::kX25519ChaCha20Poly1305Sha256Ed25519:
      return Suite::kX25519ChaCha20Poly1305Sha256Ed25519;
  }
  return fail(Error::kUnsupported);
}

AeadAlgorithm aead_of(Suite suite) {
  return suite == Suite::kX25519Aes128GcmSha256Ed25519 ? AeadAlgorithm::kAes128Gcm
                                                       : AeadAlgorithm::kChaCha20Poly1305;
}

}  // namespace sotto::mls
