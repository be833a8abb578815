#include "crypto/x25519.h"

#include <sodium.h>

namespace sotto {

X25519PublicKey x25519_public_key(std::span<const std::uint8_t, kX25519KeySize> private_key) {
  X25519PublicKey public_key;
  crypto_scalarmult_base(public_key.data(), private_key.data());
  return public_key;
}

// libsodium fails on nothing but a result of zeros.
Result<Secret<kX25519KeySize>> x25519(std::span<const std::uint8_t, kX25519KeySize> private_key,
                                      std::span<const std::uint8_t, kX25519KeySize> public_key) {
  Secret<kX25519KeySize> shared;
  if (crypto_scalarmult(shared.writable().data(), private_key.data(), public_key.data()) != 0) {
    return fail(Error::kMalformed);
  }
  return shared;
}

}  // namespace sotto
