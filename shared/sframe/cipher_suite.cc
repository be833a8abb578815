#include "sframe/cipher_suite.h"

namespace sotto {
namespace {

struct Suite {
  CipherSuite suite;
  Hash hash;
  AeadAlgorithm aead;
};

constexpr Suite kSuites[] = {
    {CipherSuite::kAes128CtrHmacSha256_80, Hash::kSha256, AeadAlgorithm::kAes128CtrHmacSha256_80},
    {CipherSuite::kAes128CtrHmacSha256_64, Hash::kSha256, AeadAlgorithm::kAes128CtrHmacSha256_64},
    {CipherSuite::kAes128CtrHmacSha256_32, Hash::kSha256, AeadAlgorithm::kAes128CtrHmacSha256_32},
    {CipherSuite::kAes128GcmSha256_128, Hash::kSha256, AeadAlgorithm::kAes128Gcm},
    {CipherSuite::kAes256GcmSha512_128, Hash::kSha512, AeadAlgorithm::kAes256Gcm},
    {CipherSuite::kAes256CtrHmacSha512_80, Hash::kSha512, AeadAlgorithm::kAes256CtrHmacSha512_80},
    {CipherSuite::kAes256CtrHmacSha512_64, Hash::kSha512, AeadAlgorithm::kAes256CtrHmacSha512_64},
    {CipherSuite::kAes256CtrHmacSha512_32, Hash::kSha512, AeadAlgorithm::kAes256CtrHmacSha512_32},
    {CipherSuite::kChaCha20Poly1305Sha256, Hash::kSha256, AeadAlgorithm::kChaCha20Poly1305},
};

}  // namespace

Result<SuiteParameters> parameters(CipherSuite suite) {
  for (const Suite& each : kSuites) {
    if (each.suite != suite) continue;
    const AeadSizes size = sizes(each.aead);
    return SuiteParameters{.hash = each.hash, .aead = each.aead, .nk = size.key, .nt = size.tag};
  }
  return fail(Error::kUnsupported);
}

}  // namespace sotto
