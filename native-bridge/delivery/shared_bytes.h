// Counts what all rooms keep together, so that ten thousand of them, each within its own bounds,
// cannot take the machine's memory.
#pragma once

#include <cstddef>

namespace sotto::bridge::delivery {

class SharedBytes {
 public:
  explicit SharedBytes(std::size_t limit) : limit_(limit) {}

  void add(std::size_t bytes) { used_ += bytes; }
  void subtract(std::size_t bytes) { used_ -= bytes; }
  std::size_t used() const { return used_; }
  bool over() const { return used_ > limit_; }

 private:
  std::size_t limit_;
  std::size_t used_ = 0;
};

}  // namespace sotto::bridge::delivery
