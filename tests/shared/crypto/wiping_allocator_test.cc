#include "crypto/wiping_allocator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <new>
#include <vector>

namespace {

// What the program frees while it is watched, by size.
bool watching = false;
std::size_t freed_bytes = 0;
bool all_were_zero = true;

}  // namespace

void* operator new(std::size_t size) {
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  std::abort();
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t size) noexcept {
  if (watching) {
    const auto* bytes = static_cast<const std::uint8_t*>(memory);
    freed_bytes += size;
    all_were_zero =
        all_were_zero && std::all_of(bytes, bytes + size, [](std::uint8_t b) { return b == 0; });
  }
  std::free(memory);
}

namespace sotto {
namespace {

template <typename Work>
void watch(Work work) {
  freed_bytes = 0;
  all_were_zero = true;
  watching = true;
  work();
  watching = false;
}

template <typename Vector>
void fill_and_grow() {
  Vector bytes(100, 7);
  bytes.insert(bytes.end(), 1000, 9);
  Vector copy = bytes;
  bytes = std::move(copy);
  bytes.resize(3);
  bytes.shrink_to_fit();
}

TEST(WipingAllocator, LeavesNothingInWhatItFreesAlsoWhenAStringGrowsMovesOrShrinks) {
  watch(fill_and_grow<std::vector<std::uint8_t, WipingAllocator<std::uint8_t>>>);
  EXPECT_GT(freed_bytes, 2000u);
  EXPECT_TRUE(all_were_zero);
}

TEST(WipingAllocator, IsNeededForThat) {
  watch(fill_and_grow<std::vector<std::uint8_t>>);
  EXPECT_GT(freed_bytes, 2000u);
  EXPECT_FALSE(all_were_zero);
}

TEST(WipingAllocator, WipesElementsThatAreLargerThanAByte) {
  watch([] { std::vector<std::uint64_t, WipingAllocator<std::uint64_t>> words(8, ~0ull); });
  EXPECT_EQ(freed_bytes, 64u);
  EXPECT_TRUE(all_were_zero);
}

}  // namespace
}  // namespace sotto
