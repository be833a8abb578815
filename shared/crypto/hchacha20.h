// HChaCha20 (draft-irtf-cfrg-xchacha section 2.2): what makes a nonce of 24 bytes out of one of 12.
#pragma once

#include <cstdint>
#include <span>

#include "crypto/secret.h"

namespace sotto {

// The key for the 12-byte AEAD, from the key and the nonce's first 16 bytes.
Secret<32> hchacha20(std::span<const std::uint8_t, 32> key,
                     std::span<const std::uint8_t, 16> nonce);

}  // namespace sotto
