#include "sfu/resend_limiter.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

using std::chrono::milliseconds;

TEST(ResendHistory, OneNumberOncePerRoundTrip) {
  ResendHistory history;
  EXPECT_TRUE(history.allow(Time(milliseconds(0)), 0, milliseconds(50)));
  EXPECT_FALSE(history.allow(Time(milliseconds(49)), 0, milliseconds(50)));
  EXPECT_TRUE(history.allow(Time(milliseconds(50)), 0, milliseconds(50)));
  EXPECT_TRUE(history.allow(Time(milliseconds(50)), 1, milliseconds(50)));
}

TEST(ResendBudget, ABurstThenASteadyRate) {
  ResendBudget budget;
  const Time start = Time(std::chrono::hours(1));
  int taken = 0;
  for (int i = 0; i < 5000; ++i) taken += budget.take(start);
  EXPECT_EQ(taken, 200);
  taken = 0;
  for (int ms = 1; ms <= 1000; ++ms) {
    for (int i = 0; i < 10; ++i) taken += budget.take(start + milliseconds(ms));
  }
  EXPECT_NEAR(taken, 500, 5);
}

}  // namespace
}  // namespace sotto::bridge
