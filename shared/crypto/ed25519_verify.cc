#include <sodium.h>

#include "crypto/ed25519.h"
#include "crypto/ed25519_many.h"

namespace sotto {

Result<void> ed25519_verify(ByteView public_key, ByteView message, ByteView signature) {
  if (public_key.size() != kEd25519PublicKeySize || signature.size() != kEd25519SignatureSize ||
      crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                  public_key.data()) != 0) {
    return fail(Error::kUnauthenticated);
  }
  return {};
}

Result<void> Ed25519Many::add(ByteView public_key, ByteView message, ByteView signature) {
  if (!refused_ && ed25519_verify(public_key, message, signature)) return {};
  refused_ = true;
  return fail(Error::kUnauthenticated);
}

Result<void> Ed25519Many::finish() {
  if (refused_) return fail(Error::kUnauthenticated);
  return {};
}

}  // namespace sotto
