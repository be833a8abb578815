// A thousand members: minutes, mostly of joining.
#include <gtest/gtest.h>

#include <iostream>
#include <random>

#include "sim/mls/simulation.h"

namespace sotto::mls::sim {
namespace {

TEST(LargeGroup, AThousandMembersAgreeThroughTwoHundredSteps) {
  SimulationOptions options;
  options.seed = seed_or(std::random_device{}());
  std::cout << "SOTTO_SEED=" << options.seed << std::endl;
  options.members = 1000;
  options.clients = 1200;
  options.deliveries = 400;
  options.settle_every = 100;
  Simulation simulation(options);
  EXPECT_TRUE(simulation.run(200)) << simulation.failure();
  std::cout << simulation.summary() << std::endl;
  EXPECT_GT(simulation.members().size(), 900u);
  EXPECT_GT(simulation.counts()["commits that won"], 10u);
}

}  // namespace
}  // namespace sotto::mls::sim
