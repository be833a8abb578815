#include "sframe/cipher_suite.h"

namespace sotto {
namespace {

SuiteParameters suite_of(Hash hash, AeadAlgorithm aead) {
  const AeadSizes size = sizes(aead);
  return {.hash = hash, .aead = aead, .nk = size.key, .nt = size.tag};
}

}  // namespace

Result<SuiteParameters> parameters(CipherSuite suite) {
  switch (suite) {
    case CipherSuite::kAes128CtrHmacSha256_80:
      return suite_of(Hash::kSha256, AeadAlgorithm::kAes128CtrHmacSha256_80);
    case CipherSuite::kAes128CtrHmacSha256_64:
      return suite_of(Hash::kSha256, AeadAlgorithm::kAes128CtrHmacSha256_64);
    case CipherSuite::kAes128CtrHmacSha256_32:
      return suite_of(Hash::kSha256, AeadAlgorithm::kAes128CtrHmacSha256_32);
    case CipherSuite::kAes128GcmSha256_128:
      return suite_of(Hash::kSha256, AeadAlgorithm::kAes128Gcm);
    case CipherSuite::kAes256GcmSha512_128:
      return suite_of(Hash::kSha512, AeadAlgorithm::kAes256Gcm);
    case CipherSuite::kAes256CtrHmacSha512_80:
      return suite_of(Hash::kSha512, AeadAlgorithm::kAes256CtrHmacSha512_80);
    case CipherSuite::kAes256CtrHmacSha512_64:
      return suite_of(Hash::kSha512, AeadAlgorithm::kAes256CtrHmacSha512_64);
    case CipherSuite::kAes256CtrHmacSha512_32:
      return suite_of(Hash::kSha512, AeadAlgorithm::kAes256CtrHmacSha512_32);
    case CipherSuite::kChaCha20Poly1305Sha256:
      return suite_of(Hash::kSha256, AeadAlgorithm::kChaCha20Poly1305);
  }
  return fail(Error::kUnsupported);
}

}  // namespace sotto
