#include "sfu/deadline_heap.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "support/seeded_random.h"

namespace sotto::bridge {
namespace {

TEST(DeadlineHeap, NothingToWaitForAtFirst) {
  DeadlineHeap heap;
  EXPECT_EQ(heap.earliest(), Time::max());
}

TEST(DeadlineHeap, AtMostOnlyEverMovesADeadlineForward) {
  DeadlineHeap heap;
  heap.at_most(3, from_microseconds(50));
  heap.at_most(3, from_microseconds(70));
  EXPECT_EQ(heap.earliest(), from_microseconds(50));
  heap.at_most(3, from_microseconds(20));
  EXPECT_EQ(heap.earliest(), from_microseconds(20));
}

TEST(DeadlineHeap, AgreesWithAListWhateverIsSet) {
  test::SeededRandom random(7);
  DeadlineHeap heap;
  std::vector<Time> list(40, Time::max());
  for (int step = 0; step < 20000; ++step) {
    const std::size_t slot = random.below(list.size());
    const Time time = random.below(4) == 0
                          ? Time::max()
                          : from_microseconds(static_cast<std::int64_t>(random.below(1000)));
    list[slot] = time;
    heap.set(slot, time);
    const Time least = *std::min_element(list.begin(), list.end());
    ASSERT_EQ(heap.earliest(), least);
    if (least == Time::max()) continue;
    ASSERT_EQ(list[heap.first()], least);
  }
}

}  // namespace
}  // namespace sotto::bridge
