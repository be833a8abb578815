#include "crypto/ed25519.h"

#include <sodium.h>

namespace sotto {

Ed25519KeyPair Ed25519KeyPair::generate(RandomSource& random) {
  Secret<kEd25519SeedSize> seed;
  random.fill(seed.writable());
  return from_seed(seed.view());
}

Ed25519KeyPair Ed25519KeyPair::from_seed(std::span<const std::uint8_t, kEd25519SeedSize> seed) {
  Ed25519KeyPair pair;
  crypto_sign_seed_keypair(pair.public_key_.data(), pair.secret_key_.writable().data(),
                           seed.data());
  return pair;
}

std::span<const std::uint8_t, kEd25519SeedSize> Ed25519KeyPair::seed() const {
  return secret_key_.view().first<kEd25519SeedSize>();
}

Ed25519Signature Ed25519KeyPair::sign(ByteView message) const {
  Ed25519Signature signature;
  crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                       secret_key_.view().data());
  return signature;
}

}  // namespace sotto
