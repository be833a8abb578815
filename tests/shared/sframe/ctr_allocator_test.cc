#include "sframe/ctr_allocator.h"

#include <gtest/gtest.h>

namespace sotto {
namespace {

TEST(CtrAllocator, CountsFromZero) {
  CtrAllocator allocator;
  EXPECT_EQ(*allocator.take(), 0u);
  EXPECT_EQ(*allocator.take(), 1u);
  EXPECT_EQ(allocator.next(), 2u);
}

TEST(CtrAllocator, RefusesAtTheEndInsteadOfStartingAgain) {
  CtrAllocator allocator(std::numeric_limits<std::uint64_t>::max() - 1);
  EXPECT_TRUE(allocator.take());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(allocator.take().error(), Error::kExhausted);
}

TEST(CtrAllocator, LeavesNoSecondCounterBehindWhenItMoves) {
  CtrAllocator first(5);
  CtrAllocator second(std::move(first));
  EXPECT_EQ(first.take().error(), Error::kExhausted);  // NOLINT(bugprone-use-after-move)
  EXPECT_EQ(*second.take(), 5u);
  CtrAllocator third;
  third = std::move(second);
  EXPECT_EQ(second.take().error(), Error::kExhausted);  // NOLINT(bugprone-use-after-move)
  EXPECT_EQ(*third.take(), 6u);
}

}  // namespace
}  // namespace sotto
