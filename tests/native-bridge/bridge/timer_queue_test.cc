#include "bridge/timer_queue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "support/seeded_random.h"

namespace sotto::bridge {
namespace {

// The queue only hands owners back; it never looks at them.
Room* owner(std::uintptr_t number) {
  return reinterpret_cast<Room*>(number);
}
std::uintptr_t number_of(const TimerOwner& due) {
  return reinterpret_cast<std::uintptr_t>(std::get<Room*>(due));
}

Time at(std::int64_t us) {
  return from_microseconds(us);
}

TEST(TimerQueue, TheEarliestComesFirstWhateverTheOrderOfSetting) {
  TimerQueue queue;
  Timer late(queue, owner(1));
  Timer early(queue, owner(2));
  late.set(at(30));
  early.set(at(10));
  EXPECT_EQ(queue.next(), at(10));
  TimerOwner due;
  EXPECT_FALSE(queue.pop_due(at(9), due));
  ASSERT_TRUE(queue.pop_due(at(40), due));
  EXPECT_EQ(number_of(due), 2u);
  ASSERT_TRUE(queue.pop_due(at(40), due));
  EXPECT_EQ(number_of(due), 1u);
  EXPECT_FALSE(queue.pop_due(at(40), due));
  EXPECT_EQ(queue.next(), Time::max());
}

TEST(TimerQueue, ATimerThatIsGoneIsNeverDue) {
  TimerQueue queue;
  Timer stays(queue, owner(1));
  stays.set(at(20));
  {
    Timer goes(queue, owner(2));
    goes.set(at(10));
  }
  TimerOwner due;
  ASSERT_TRUE(queue.pop_due(at(100), due));
  EXPECT_EQ(number_of(due), 1u);
  EXPECT_EQ(queue.size(), 0u);
}

TEST(TimerQueue, AThousandTimersComeInOrderAfterManyChanges) {
  sotto::test::SeededRandom random(5);
  TimerQueue queue;
  std::vector<std::unique_ptr<Timer>> timers;
  for (std::uintptr_t i = 0; i < 1000; ++i) {
    timers.push_back(std::make_unique<Timer>(queue, owner(i)));
  }
  for (int i = 0; i < 20000; ++i) {
    Timer& timer = *timers[random.below(timers.size())];
    if (random.below(5) == 0) {
      timer.cancel();
    } else {
      timer.set(at(static_cast<std::int64_t>(random.below(1'000'000))));
    }
  }
  for (int i = 0; i < 100; ++i)
    timers[random.below(timers.size())].reset(new Timer(queue, owner(0)));
  std::vector<Time> expected;
  for (const auto& timer : timers) {
    if (timer->is_set()) expected.push_back(timer->at());
  }
  std::sort(expected.begin(), expected.end());
  ASSERT_EQ(queue.size(), expected.size());
  TimerOwner due;
  for (const Time time : expected) {
    ASSERT_EQ(queue.next(), time);
    ASSERT_TRUE(queue.pop_due(time, due));
  }
}

}  // namespace
}  // namespace sotto::bridge
