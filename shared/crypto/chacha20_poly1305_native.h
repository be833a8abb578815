// ChaCha20-Poly1305 (RFC 8439) by whichever library is faster for a frame's size.
#pragma once

#include "crypto/aead.h"

namespace sotto {

Result<std::unique_ptr<Aead>> make_faster_chacha20_poly1305(ByteView key);

}  // namespace sotto
