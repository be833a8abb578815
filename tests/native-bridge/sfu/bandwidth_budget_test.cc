#include "sfu/bandwidth_budget.h"

#include <gtest/gtest.h>

namespace sotto::bridge {
namespace {

using std::chrono::seconds;

Time at(int s) { return Time(seconds(1000 + s)); }

TEST(BandwidthBudget, WithoutAnEstimateNothingLimits) {
  BandwidthBudget budget;
  EXPECT_EQ(budget.limit(), kUnlimited);
  EXPECT_FALSE(budget.may_try(at(0), 0));
}

TEST(BandwidthBudget, ATryIsAllowedOnlyWithAnEstimateWellAboveWhatFlows) {
  BandwidthBudget budget;
  budget.on_estimate(at(0), 330'000);
  EXPECT_FALSE(budget.may_try(at(0), 300'000));
  EXPECT_TRUE(budget.may_try(at(0), 250'000));
}

TEST(BandwidthBudget, AnEstimateThatStandsStillEndsTheTryAndTheNextWaits) {
  BandwidthBudget budget;
  budget.on_estimate(at(0), 300'000);
  budget.on_try(at(0), 900'000);
  EXPECT_EQ(budget.limit(), 900'000u);
  budget.on_estimate(at(1), 300'000);
  EXPECT_EQ(budget.limit(), 900'000u) << "too early to tell";
  budget.on_estimate(at(2), 305'000);
  EXPECT_EQ(budget.limit(), 305'000u);
  EXPECT_FALSE(budget.may_try(at(3), 100'000));
  EXPECT_TRUE(budget.may_try(at(6), 100'000));
}

TEST(BandwidthBudget, AnEstimateThatClimbsKeepsTheTryUntilItHasArrived) {
  BandwidthBudget budget;
  double estimate = 300'000;
  budget.on_estimate(at(0), 300'000);
  budget.on_try(at(0), 900'000);
  for (int s = 1; s < 30; ++s) {
    budget.on_estimate(at(s), static_cast<std::uint64_t>(estimate *= 1.08));
    ASSERT_GE(budget.limit(), 900'000u) << s;
  }
}

TEST(BandwidthBudget, HeavyLossEndsTheTryAtOnce) {
  BandwidthBudget budget;
  budget.on_estimate(at(0), 300'000);
  budget.on_try(at(0), 900'000);
  budget.on_loss(at(0), 10);
  EXPECT_EQ(budget.limit(), 900'000u);
  budget.on_loss(at(0), 60);
  EXPECT_EQ(budget.limit(), 300'000u);
}

TEST(BandwidthBudget, OnlyReportedLossMeansCongestionAndOnlyForAWhile) {
  BandwidthBudget budget;
  budget.on_estimate(at(0), 10'000);
  EXPECT_FALSE(budget.congested(at(0))) << "a low estimate may only mean that little was sent";
  budget.on_loss(at(1), 25);
  EXPECT_FALSE(budget.congested(at(1)));
  budget.on_loss(at(1), 26);
  EXPECT_TRUE(budget.congested(at(5)));
  EXPECT_FALSE(budget.congested(at(6)));
}

}  // namespace
}  // namespace sotto::bridge
