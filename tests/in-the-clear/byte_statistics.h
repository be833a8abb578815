// Counts the values that each byte position of many wires takes, and says which positions cannot be
// told from random ones.
//
// Pearson's chi-square over the 256 values. For random bytes it has 255 degrees of freedom; the
// threshold is where a random position lies with a probability of 1e-12, so that none of some
// 100,000 positions is expected over it (the seeds are fixed: what passes, always passes). A
// position of which one single bit never changes has a chi-square of `samples` or more.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "base/bytes.h"

namespace sotto {

class ByteStatistics {
 public:
  // False when the wire has another size than the first.
  bool add(ByteView wire) {
    if (samples_ == 0) counts_.resize(wire.size());
    if (wire.size() != counts_.size()) return false;
    for (std::size_t at = 0; at < wire.size(); ++at) ++counts_[at][wire[at]];
    ++samples_;
    return true;
  }

  std::size_t size() const { return counts_.size(); }

  bool is_constant(std::size_t at) const {
    return *std::max_element(counts_[at].begin(), counts_[at].end()) == samples_;
  }

  double chi_square(std::size_t at) const {
    const double expected = samples_ / 256.0;
    double sum = 0;
    for (const std::uint16_t count : counts_[at]) sum += (count - expected) * (count - expected);
    return sum / expected;
  }

  // Wilson and Hilferty's approximation of the quantile; 7.03 is the normal one of 1 - 1e-12.
  static double threshold() {
    constexpr double kDegrees = 255, kNormalQuantile = 7.03;
    const double spread = 2 / (9 * kDegrees);
    return kDegrees * std::pow(1 - spread + kNormalQuantile * std::sqrt(spread), 3);
  }

  bool looks_random(std::size_t at) const { return chi_square(at) < threshold(); }

 private:
  std::vector<std::array<std::uint16_t, 256>> counts_;
  std::uint16_t samples_ = 0;
};

}  // namespace sotto
