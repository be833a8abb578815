// ChaCha20-Poly1305 with nonces of 12 bytes (RFC 8439) and XChaCha20-Poly1305 with 24.
#pragma once

#include "crypto/aead.h"

namespace sotto {

Result<std::unique_ptr<Aead>> make_chacha20_poly1305(ByteView key);
Result<std::unique_ptr<Aead>> make_xchacha20_poly1305(ByteView key);

}  // namespace sotto
