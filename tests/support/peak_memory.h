// Measures how much memory is taken at most at a time: by AddressSanitizer's hooks, or else by
// global operators of its own, so exactly one file of a program may include it.
#pragma once

#include <algorithm>
#include <cstddef>

namespace sotto::test {

inline std::ptrdiff_t living_bytes = 0;
inline std::ptrdiff_t peak_bytes = 0;

// From here on. Returns what is taken already.
inline std::ptrdiff_t begin_peak() {
  return peak_bytes = living_bytes;
}

inline void count_taken(std::size_t size) {
  living_bytes += static_cast<std::ptrdiff_t>(size);
  peak_bytes = std::max(peak_bytes, living_bytes);
}

inline void count_given_back(std::size_t size) {
  living_bytes -= static_cast<std::ptrdiff_t>(size);
}

}  // namespace sotto::test

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define SOTTO_HOOKED_MEMORY
#endif
#endif
#ifdef __SANITIZE_ADDRESS__
#define SOTTO_HOOKED_MEMORY
#endif

#ifdef SOTTO_HOOKED_MEMORY
#include <sanitizer/allocator_interface.h>

namespace sotto::test {

inline const int memory_hooks = __sanitizer_install_malloc_and_free_hooks(
    [](const volatile void*, std::size_t size) { count_taken(size); },
    [](const volatile void* memory) {
      count_given_back(__sanitizer_get_allocated_size(const_cast<const void*>(memory)));
    });

}  // namespace sotto::test
#else
#include <malloc.h>

#include <cstdlib>
#include <new>

namespace sotto::test {

inline void* measured_allocate(std::size_t size) {
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) std::abort();
  count_taken(malloc_usable_size(memory));
  return memory;
}

inline void measured_release(void* memory) {
  if (memory != nullptr) count_given_back(malloc_usable_size(memory));
  std::free(memory);
}

}  // namespace sotto::test

void* operator new(std::size_t size) {
  return sotto::test::measured_allocate(size);
}
void* operator new[](std::size_t size) {
  return sotto::test::measured_allocate(size);
}
void operator delete(void* memory) noexcept {
  sotto::test::measured_release(memory);
}
void operator delete[](void* memory) noexcept {
  sotto::test::measured_release(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  sotto::test::measured_release(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  sotto::test::measured_release(memory);
}
#endif
