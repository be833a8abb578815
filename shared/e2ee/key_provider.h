// Where keys come from when a frame names a KID that the key store does not hold (any more).
#pragma once

#include <cstdint>

#include "base/result.h"
#include "crypto/secret.h"

namespace sotto {

class KeyProvider {
 public:
  virtual ~KeyProvider() = default;

  // kUnknownKey when this KID is nobody's. KIDs in frames are the server's to choose: an
  // implementation must not remember or compute anything for one that nobody announced.
  virtual Result<Secret<32>> key_for(std::uint64_t kid) = 0;
};

}  // namespace sotto
