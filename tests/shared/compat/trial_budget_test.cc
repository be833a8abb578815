#include "compat/trial_budget.h"

#include <gtest/gtest.h>

namespace sotto {
namespace {

TEST(TrialBudgetTest, AllowsABurstAndThenItsRate) {
  TrialBudget budget;
  const Time start = from_microseconds(5'000'000);
  int taken = 0;
  for (int i = 0; i < 1000; ++i) taken += budget.take(start) ? 1 : 0;
  EXPECT_EQ(taken, 32);
  taken = 0;
  for (int i = 1; i <= 1000; ++i) {
    taken += budget.take(start + std::chrono::milliseconds(i)) ? 1 : 0;
  }
  EXPECT_EQ(taken, 32);
}

TEST(TrialBudgetTest, IsFullAgainAfterASecondOfRest) {
  TrialBudget budget;
  for (int i = 0; i < 100; ++i) budget.take(from_microseconds(0));
  int taken = 0;
  for (int i = 0; i < 100; ++i) taken += budget.take(from_microseconds(1'000'000)) ? 1 : 0;
  EXPECT_EQ(taken, 32);
}

}  // namespace
}  // namespace sotto
