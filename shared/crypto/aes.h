// The AES-based AEADs: natively on OpenSSL; in WebAssembly, which has no AES instructions, on
// BearSSL's bitsliced one, constant-time and an order of magnitude slower (so Sotto's own suite is
// another). A module that does without has aes_absent.cc, which says kUnsupported.
#pragma once

#include "crypto/aead.h"

namespace sotto {

// Whether this build has them.
bool has_aes();

Result<std::unique_ptr<Aead>> make_aes_gcm(AeadAlgorithm algorithm, ByteView key);
Result<std::unique_ptr<Aead>> make_aes_ctr_hmac(AeadAlgorithm algorithm, ByteView key);

}  // namespace sotto
