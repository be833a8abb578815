// PBKDF2 with HMAC-SHA256 (RFC 8018 section 5.2): from a passphrase to a key, slowly on purpose.
#pragma once

#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto {

// Fills `out`; every 32 bytes of it cost `iterations` HMACs (two blocks of SHA-256 each), as they
// would cost whoever guesses. kInvalidArgument for no iterations or more than 8,160 bytes.
Result<void> pbkdf2_sha256(ByteView passphrase, ByteView salt, std::uint32_t iterations,
                           MutableBytes out);

}  // namespace sotto
