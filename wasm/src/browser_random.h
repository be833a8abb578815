// The browser's cryptographic randomness: the module's only import that is not memory.
#pragma once

#include "base/random.h"

extern "C" void sotto_random(std::uint8_t* out, std::uint32_t size);

namespace sotto {

class BrowserRandom final : public RandomSource {
 public:
  void fill(MutableBytes out) override {
    sotto_random(out.data(), static_cast<std::uint32_t>(out.size()));
  }
};

}  // namespace sotto
