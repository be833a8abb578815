// Randomness is an argument. Shells pass the system's; tests pass a seeded one.
#pragma once

#include <cstdint>

#include "base/bytes.h"

namespace sotto {

class RandomSource {
 public:
  virtual ~RandomSource() = default;
  // Fills `out` with random bytes. Where keys depend on it, it must be cryptographically strong.
  virtual void fill(MutableBytes out) = 0;

  std::uint32_t u32() {
    std::uint8_t bytes[4];
    fill(bytes);
    std::uint32_t value = 0;
    for (std::uint8_t byte : bytes) value = value << 8 | byte;
    return value;
  }
  std::uint64_t u64() { return static_cast<std::uint64_t>(u32()) << 32 | u32(); }
};

}  // namespace sotto
