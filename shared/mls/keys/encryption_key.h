// Public keys that members seal to (RFC 9420 section 5.1.1): of leaves, parents and KeyPackages.
#pragma once

#include "base/bytes.h"

namespace sotto::mls {

// Whether something can be sealed to it: it is of the suites' size, and not one of the few keys
// that RFC 9180 section 7.1.4 has every sender refuse. Such a key in the tree, or in a KeyPackage
// that waits to be added, would make every honest member's commit fail.
bool is_encryption_key(ByteView public_key);

}  // namespace sotto::mls
