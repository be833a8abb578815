// Secrets that tests can tell apart.
#pragma once

#include <algorithm>

#include "mls/keys/suite.h"

namespace sotto::mls {

inline Secret<kNh> secret_of(std::uint8_t number) {
  Secret<kNh> secret;
  std::fill_n(secret.writable().begin(), kNh, number);
  return secret;
}

inline constexpr Suite kBothSuites[] = {Suite::kX25519ChaCha20Poly1305Sha256Ed25519,
                                        Suite::kX25519Aes128GcmSha256Ed25519};

}  // namespace sotto::mls
