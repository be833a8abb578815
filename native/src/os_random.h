// The operating system's randomness, as libsodium asks for it.
#pragma once

#include <sodium.h>

#include "base/random.h"

namespace sotto::abi {

class OsRandom : public RandomSource {
 public:
  void fill(MutableBytes out) override { randombytes_buf(out.data(), out.size()); }
};

}  // namespace sotto::abi
