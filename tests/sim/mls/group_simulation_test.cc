// RFC 9420 under everything that a network and a delivery service do, and people who come and go.
#include <gtest/gtest.h>

#include <iostream>

#include "sim/mls/simulation.h"

namespace sotto::mls::sim {
namespace {

// A run in which these did not happen says nothing.
void expect_eventful(const Simulation& simulation) {
  for (const char* what : {"commits that won",
                           "commits that lost",
                           "commits lost",
                           "commits with stored proposals",
                           "proposals",
                           "proposals lost",
                           "resumption PSKs",
                           "external commits that won",
                           "external commits that lost",
                           "members who returned",
                           "joins by Welcome",
                           "removed",
                           "restored",
                           "KeyPackages refused",
                           "deliveries lost",
                           "deliveries out of order",
                           "deliveries repeated",
                           "deliveries damaged",
                           "messages opened",
                           "messages refused",
                           "outsiders' attempts",
                           "forgeries"}) {
    EXPECT_GT(simulation.counts()[what], 10u) << what;
  }
}

TEST(GroupSimulation, ThirtyTwoMembersAgreeThroughTenThousandSteps) {
  SimulationOptions options;
  options.seed = seed_or(4);
  std::cout << "SOTTO_SEED=" << options.seed << std::endl;
  Simulation simulation(options);
  EXPECT_TRUE(simulation.run(10000)) << simulation.failure();
  std::cout << simulation.summary() << std::endl;
  if (simulation.failure().empty()) expect_eventful(simulation);
}

TEST(GroupSimulation, AFewMembersAgreeWhateverTheSeed) {
  const std::uint64_t first = seed_or(100);
  for (std::uint64_t seed = first; seed < first + 10; ++seed) {
    SimulationOptions options;
    options.seed = seed;
    options.members = 4;
    options.clients = 7;
    options.deliveries = 3;
    options.settle_every = 50;
    Simulation simulation(options);
    ASSERT_TRUE(simulation.run(200)) << simulation.failure();
  }
}

// The simulation would see it if somebody took another commit than the first.
TEST(GroupSimulation, MembersWhoTakeTheLastCommitAreFoundOut) {
  SimulationOptions options;
  options.some_take_the_last = true;
  Simulation simulation(options);
  EXPECT_FALSE(simulation.run(500));
  EXPECT_NE(simulation.failure().find("epoch authenticators differ"), std::string::npos)
      << simulation.failure();
  EXPECT_NE(simulation.failure().find("SOTTO_SEED=1"), std::string::npos);
}

}  // namespace
}  // namespace sotto::mls::sim
