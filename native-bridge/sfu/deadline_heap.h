// The next deadline of each of many slots, the earliest at hand. An indexed binary heap: a
// change costs O(log slots), an idle slot nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/time.h"

namespace sotto::bridge {

class DeadlineHeap {
 public:
  // Time::max(): none.
  void set(std::size_t slot, Time deadline);
  // Only ever earlier: nothing changes when the slot's deadline is before `deadline`.
  void at_most(std::size_t slot, Time deadline) {
    if (slot >= deadlines_.size() || deadline < deadlines_[slot]) set(slot, deadline);
  }
  Time earliest() const { return heap_.empty() ? Time::max() : deadlines_[heap_[0]]; }
  // The slot of earliest(); only if that is not Time::max().
  std::size_t first() const { return heap_[0]; }

 private:
  static constexpr std::uint32_t kAbsent = 0xffffffff;
  Time key(std::size_t position) const { return deadlines_[heap_[position]]; }
  void swap(std::size_t a, std::size_t b);
  void up(std::size_t position);
  void down(std::size_t position);
  void remove(std::size_t position);

  std::vector<Time> deadlines_;           // by slot
  std::vector<std::uint32_t> positions_;  // by slot, in heap_
  std::vector<std::uint32_t> heap_;
};

}  // namespace sotto::bridge
