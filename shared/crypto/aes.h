// The AES-based AEADs, on OpenSSL. In WebAssembly there is no OpenSSL and no constant-time AES:
// aes_absent.cc stands in and says kUnsupported.
#pragma once

#include "crypto/aead.h"

namespace sotto {

Result<std::unique_ptr<Aead>> make_aes_gcm(AeadAlgorithm algorithm, ByteView key);
Result<std::unique_ptr<Aead>> make_aes_ctr_hmac(AeadAlgorithm algorithm, ByteView key);

}  // namespace sotto
