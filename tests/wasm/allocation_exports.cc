// The modules' operator new and delete for Node's tests (allocation.test.mjs).
#include <cstddef>
#include <cstdint>
#include <new>

#define TEST_EXPORT extern "C" __attribute__((visibility("default"), used))

TEST_EXPORT std::uint8_t* test_allocate(std::uint32_t size) {
  return new (std::nothrow) std::uint8_t[size];
}

TEST_EXPORT void* test_allocate_or_trap(std::uint32_t size) {
  return operator new(size);
}

TEST_EXPORT void test_release(std::uint8_t* memory) {
  delete[] memory;
}
