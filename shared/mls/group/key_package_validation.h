// Whether a KeyPackage may be used to add its client (RFC 9420 section 10.1).
#pragma once

#include "base/result.h"
#include "mls/tree/leaf_validation.h"
#include "mls/wire/key_package.h"

namespace sotto::mls {

// What holds in any group of this suite: version and suite, the leaf for itself, both signatures,
// init_key another key than the leaf's. What a group's own rules ask of the leaf comes with the
// commit that adds it, since that may change them (section 12.3).
Result<void> validate_key_package(const KeyPackage& key_package, const LeafRules& rules);

}  // namespace sotto::mls
