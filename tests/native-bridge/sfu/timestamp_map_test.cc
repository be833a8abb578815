#include "sfu/timestamp_map.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(TimestampMap, AChangeOfSourceStepsByTheTimeThatWentBy) {
  TimestampMap map(90000, 123);
  map.restart(1000, Time(seconds(10)));
  const std::uint32_t before = map.map(1000);
  map.restart(777'777, Time(seconds(12)));
  EXPECT_EQ(map.map(777'777) - before, 2u * 90000u);
  EXPECT_EQ(map.map(777'777 + 3000) - before, 2u * 90000u + 3000u);
}

TEST(TimestampMap, ASourceWhoseClockIsBehindNeverStepsBack) {
  TimestampMap map(90000, 0);
  map.restart(0, Time(seconds(10)));
  const std::uint32_t newest = map.map(90000);  // one second on
  map.restart(5, Time(seconds(10)));
  EXPECT_EQ(map.map(5) - newest, 900u);
}

TEST(TimestampMap, WrapsAndRunsForYears) {
  TimestampMap map(48000, 0);
  const Duration years = std::chrono::hours(24 * 365 * 5);
  map.restart(0xffffff00u, Time(years));
  const std::uint32_t first = map.map(0xffffff00u);
  EXPECT_EQ(map.map(0x100u) - first, 0x200u);
  map.restart(9, Time(years + milliseconds(500)));
  EXPECT_EQ(map.map(9) - first, 24000u);
}

}  // namespace
}  // namespace sotto::bridge
