// In wasm/src/ed25519_many.h, where libsodium's arithmetic is.
#include "crypto/ed25519.h"
#include "crypto/ed25519_many.h"

extern "C" {
int sotto_ed25519_commit(sotto_ed25519_commitment* r, const unsigned char* signature,
                         const unsigned char* message, unsigned long long size,
                         const unsigned char* public_key);
int sotto_ed25519_compare(sotto_ed25519_commitment* r, int count);
}

namespace sotto {

Result<void> ed25519_verify(ByteView public_key, ByteView message, ByteView signature) {
  Ed25519Many one;
  TRY_VOID(one.add(public_key, message, signature));
  return one.finish();
}

Result<void> Ed25519Many::add(ByteView public_key, ByteView message, ByteView signature) {
  if (count_ == open_.size()) (void)finish();
  if (refused_ || public_key.size() != kEd25519PublicKeySize ||
      signature.size() != kEd25519SignatureSize ||
      sotto_ed25519_commit(&open_[count_], signature.data(), message.data(), message.size(),
                           public_key.data()) != 0) {
    refused_ = true;
    return fail(Error::kUnauthenticated);
  }
  ++count_;
  return {};
}

Result<void> Ed25519Many::finish() {
  if (count_ > 0 && sotto_ed25519_compare(open_.data(), static_cast<int>(count_)) != 0)
    refused_ = true;
  count_ = 0;
  if (refused_) return fail(Error::kUnauthenticated);
  return {};
}

}  // namespace sotto
