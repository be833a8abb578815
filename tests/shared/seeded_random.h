// The same numbers each run.
#pragma once

#include <random>
#include <vector>

#include "base/random.h"

namespace sotto {

class SeededRandom : public RandomSource {
 public:
  explicit SeededRandom(std::uint64_t seed = 1) : engine_(seed) {}

  void fill(MutableBytes out) override {
    for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(engine_());
  }
  std::size_t below(std::size_t bound) { return engine_() % bound; }
  std::vector<std::uint8_t> bytes(std::size_t size) {
    std::vector<std::uint8_t> out(size);
    fill(out);
    return out;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace sotto
