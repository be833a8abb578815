#include "mls/keys/encryption_key.h"

#include "crypto/x25519.h"
#include "mls/keys/suite.h"

namespace sotto::mls {

bool is_encryption_key(ByteView public_key) {
  return public_key.size() == kNpk && !x25519_is_small_order(public_key.first<kNpk>());
}

}  // namespace sotto::mls
