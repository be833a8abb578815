// For containers whose bytes must not outlive them: whatever they free, also when they grow, is
// wiped first. So nobody has to remember which byte strings carried secrets.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <type_traits>

#include "crypto/secret.h"

namespace sotto {

template <typename T>
struct WipingAllocator {
  static_assert(std::is_trivially_copyable_v<T>, "moved-from elements would keep what they held");

  using value_type = T;
  using is_always_equal = std::true_type;
  using propagate_on_container_move_assignment = std::true_type;

  WipingAllocator() = default;
  template <typename U>
  WipingAllocator(const WipingAllocator<U>&) {}  // NOLINT: implicit, as allocators are rebound

  T* allocate(std::size_t count) { return std::allocator<T>().allocate(count); }
  void deallocate(T* at, std::size_t count) {
    wipe({reinterpret_cast<std::uint8_t*>(at), count * sizeof(T)});
    std::allocator<T>().deallocate(at, count);
  }

  template <typename U>
  bool operator==(const WipingAllocator<U>&) const {
    return true;
  }
};

}  // namespace sotto
