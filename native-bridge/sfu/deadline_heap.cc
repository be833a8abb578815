#include "sfu/deadline_heap.h"

#include <utility>

namespace sotto::bridge {

void DeadlineHeap::set(std::size_t slot, Time deadline) {
  if (slot >= deadlines_.size()) {
    deadlines_.resize(slot + 1, Time::max());
    positions_.resize(slot + 1, kAbsent);
    heap_.reserve(slot + 1);
  }
  const bool absent = positions_[slot] == kAbsent;
  if (deadline == Time::max()) {
    if (!absent) remove(positions_[slot]);
    deadlines_[slot] = deadline;
    return;
  }
  deadlines_[slot] = deadline;
  if (absent) {
    positions_[slot] = static_cast<std::uint32_t>(heap_.size());
    heap_.push_back(static_cast<std::uint32_t>(slot));
  }
  up(positions_[slot]);
  down(positions_[slot]);
}

void DeadlineHeap::swap(std::size_t a, std::size_t b) {
  std::swap(heap_[a], heap_[b]);
  positions_[heap_[a]] = static_cast<std::uint32_t>(a);
  positions_[heap_[b]] = static_cast<std::uint32_t>(b);
}

void DeadlineHeap::up(std::size_t position) {
  while (position > 0) {
    const std::size_t parent = (position - 1) / 2;
    if (key(parent) <= key(position)) return;
    swap(parent, position);
    position = parent;
  }
}

void DeadlineHeap::down(std::size_t position) {
  for (;;) {
    std::size_t least = position;
    for (std::size_t child : {2 * position + 1, 2 * position + 2}) {
      if (child < heap_.size() && key(child) < key(least)) least = child;
    }
    if (least == position) return;
    swap(least, position);
    position = least;
  }
}

void DeadlineHeap::remove(std::size_t position) {
  const std::size_t last = heap_.size() - 1;
  const std::size_t slot = heap_[position];
  if (position != last) swap(position, last);
  heap_.pop_back();
  positions_[slot] = kAbsent;
  if (position == last) return;
  up(position);
  down(position);
}

}  // namespace sotto::bridge
