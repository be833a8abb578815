// Counts every operator new of a program, and lets them run out. It replaces the global operators,
// so exactly one file of a program may include it.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

namespace sotto::test {

inline std::atomic<std::uint64_t> allocations{0};  // made so far
inline std::atomic<std::int64_t> living{0};        // made and not given back
// How many this thread may still make before they fail; -1: as many as it likes.
inline thread_local long allocations_left = -1;

inline void* counted_allocate(std::size_t size) {
  if (allocations_left == 0) throw std::bad_alloc();
  if (allocations_left > 0) --allocations_left;
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  ++allocations;
  ++living;
  return memory;
}

inline void counted_release(void* memory) {
  if (memory != nullptr) --living;
  std::free(memory);
}

}  // namespace sotto::test

void* operator new(std::size_t size) {
  return sotto::test::counted_allocate(size);
}
void* operator new[](std::size_t size) {
  return sotto::test::counted_allocate(size);
}
void operator delete(void* memory) noexcept {
  sotto::test::counted_release(memory);
}
void operator delete[](void* memory) noexcept {
  sotto::test::counted_release(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  sotto::test::counted_release(memory);
}
void operator delete[](void* memory, std::size_t) noexcept {
  sotto::test::counted_release(memory);
}
