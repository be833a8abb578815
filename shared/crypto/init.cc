#include "crypto/init.h"

#include <sodium.h>

namespace sotto {

bool initialize_crypto() {
  return sodium_init() >= 0;
}

}  // namespace sotto
