// Many Ed25519 signatures, each checked as ed25519_verify() checks it, of which none counts before
// all have been: in the browser for 6 percent less time, as one inversion in the field serves many
// (natively one by one). This is not what is called batch verification: it accepts what libsodium
// accepts, each for itself.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "crypto/ed25519_commitment.h"

namespace sotto {

class Ed25519Many {
 public:
  // kUnauthenticated for one that is refused, this or an earlier one. One that is not may be yet,
  // by a later call: nothing is verified before finish().
  Result<void> add(ByteView public_key, ByteView message, ByteView signature);

  // kUnauthenticated unless all that were added are good.
  Result<void> finish();

 private:
  std::array<sotto_ed25519_commitment, 32> open_ = {};
  std::size_t count_ = 0;
  bool refused_ = false;
};

}  // namespace sotto
