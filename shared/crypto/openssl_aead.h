// An AEAD of OpenSSL's with nonces of 12 bytes. One context a direction, kept, so that a frame
// costs no key expansion and no allocation.
#pragma once

#include <openssl/evp.h>

#include "crypto/aead.h"

namespace sotto {

// kUnsupported when OpenSSL does not have the cipher.
Result<std::unique_ptr<Aead>> make_openssl_aead(AeadAlgorithm algorithm, const EVP_CIPHER* cipher,
                                                ByteView key);

}  // namespace sotto
