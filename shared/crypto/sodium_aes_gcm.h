// AES-256-GCM of libsodium's, which has no other AES and needs a processor with instructions for
// it.
#pragma once

#include "crypto/aead.h"

namespace sotto {

// kUnsupported on a processor without them.
Result<std::unique_ptr<Aead>> make_sodium_aes_256_gcm(ByteView key);

}  // namespace sotto
