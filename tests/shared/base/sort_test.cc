#include "base/sort.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>

namespace sotto {
namespace {

TEST(Sort, SortsAsTheStandardLibraryDoesAtEveryLength) {
  std::mt19937 random(7);
  for (std::size_t size = 0; size < 200; ++size) {
    for (unsigned distinct : {1u, 3u, 1000u}) {
      std::vector<unsigned> values(size);
      for (unsigned& value : values) value = static_cast<unsigned>(random()) % distinct;
      std::vector<unsigned> expected = values;
      std::sort(expected.begin(), expected.end());
      sort(values);
      ASSERT_EQ(values, expected) << size << " values, " << distinct << " distinct";
    }
  }
}

TEST(Sort, TakesAnotherOrderAndValuesThatOnlyMove) {
  std::vector<std::unique_ptr<int>> values;
  for (int value : {2, 9, 4, 4, 1}) values.push_back(std::make_unique<int>(value));
  sort(values, [](const auto& a, const auto& b) { return *a > *b; });
  std::vector<int> sorted;
  for (const auto& value : values) sorted.push_back(*value);
  EXPECT_EQ(sorted, (std::vector<int>{9, 4, 4, 2, 1}));
}

TEST(Sort, NoOrderCostsMoreThanAFewComparisonsForEachDoubling) {
  constexpr std::size_t kSize = 1 << 14;
  for (bool falling : {false, true}) {
    std::vector<std::size_t> values(kSize);
    for (std::size_t i = 0; i < kSize; ++i) values[i] = falling ? kSize - i : i;
    std::size_t comparisons = 0;
    sort(values, [&](std::size_t a, std::size_t b) {
      ++comparisons;
      return a < b;
    });
    EXPECT_TRUE(std::is_sorted(values.begin(), values.end()));
    EXPECT_LT(comparisons, 2 * kSize * 15);
  }
}

}  // namespace
}  // namespace sotto
