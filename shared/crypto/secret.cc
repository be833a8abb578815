#include "crypto/secret.h"

#include <sodium.h>

namespace sotto {

void wipe(MutableBytes bytes) {
  if (!bytes.empty()) sodium_memzero(bytes.data(), bytes.size());
}

}  // namespace sotto
