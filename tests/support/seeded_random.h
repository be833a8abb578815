// Repeatable randomness for tests: the same seed gives the same bytes (splitmix64).
#pragma once

#include <cstdint>

#include "base/random.h"

namespace sotto::test {

class SeededRandom : public RandomSource {
 public:
  explicit SeededRandom(std::uint64_t seed) : state_(seed) {}

  void fill(MutableBytes out) override {
    for (auto& byte : out) byte = static_cast<std::uint8_t>(next());
  }
  // Below `limit`, which is not 0.
  std::uint64_t below(std::uint64_t limit) { return next() % limit; }

 private:
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

  std::uint64_t state_;
};

}  // namespace sotto::test
