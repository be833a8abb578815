#include "crypto/aes.h"

namespace sotto {

bool has_aes() {
  return false;
}

Result<std::unique_ptr<Aead>> make_aes_gcm(AeadAlgorithm, ByteView) {
  return fail(Error::kUnsupported);
}

Result<std::unique_ptr<Aead>> make_aes_ctr_hmac(AeadAlgorithm, ByteView) {
  return fail(Error::kUnsupported);
}

}  // namespace sotto
