// The operating system's random bytes, by way of OpenSSL.
#pragma once

#include "base/random.h"

namespace sotto::bridge {

// Ends the process when there is no randomness: nothing that went on would be safe.
class SystemRandom final : public RandomSource {
 public:
  void fill(MutableBytes out) override;
};

}  // namespace sotto::bridge
