#include "sfu/layer_allocation.h"

#include <gtest/gtest.h>

#include <vector>

namespace sotto::bridge {
namespace {

// Three layers of 100, 400 and 1600 kbit/s.
VideoDemand demand(std::size_t desired, std::optional<std::size_t> current = std::nullopt) {
  VideoDemand d;
  d.ranked.count = 3;
  d.ranked.layers = {0, 1, 2};
  d.ranked.bits_per_second = {100'000, 400'000, 1'600'000};
  d.ranked.heights = {180, 360, 720};
  d.desired = desired;
  d.current = current;
  return d;
}

TEST(LayerAllocation, WithoutALimitEverybodyGetsWhatTheTileNeeds) {
  std::vector<VideoDemand> demands{demand(2), demand(0), demand(1)};
  EXPECT_FALSE(allocate_layers(kUnlimited, false, demands));
  EXPECT_EQ(demands[0].granted, 2u);
  EXPECT_EQ(demands[1].granted, 0u);
  EXPECT_EQ(demands[2].granted, 1u);
}

TEST(LayerAllocation, TheMostWantedRisesFirst) {
  std::vector<VideoDemand> demands{demand(2), demand(2)};
  EXPECT_TRUE(allocate_layers(600'000, false, demands));
  EXPECT_EQ(demands[0].granted, 1u);
  EXPECT_EQ(demands[1].granted, 0u);
}

TEST(LayerAllocation, ALowEstimateWithoutLossTakesNobodysPictureAway) {
  std::vector<VideoDemand> demands{demand(0), demand(0), demand(0), demand(0)};
  EXPECT_FALSE(allocate_layers(1, false, demands));
  for (const VideoDemand& each : demands) EXPECT_EQ(each.granted, 0u);
}

TEST(LayerAllocation, CongestedTheSmallestLayersAreGivenUpFromTheEndAndTheFirstKeepsItsOwn) {
  std::vector<VideoDemand> demands{demand(0), demand(0), demand(0), demand(0)};
  EXPECT_TRUE(allocate_layers(200'000, true, demands));
  EXPECT_EQ(demands[0].granted, 0u);
  EXPECT_EQ(demands[1].granted, 0u);
  EXPECT_FALSE(demands[3].granted);
  EXPECT_TRUE(allocate_layers(1, true, demands));
  EXPECT_EQ(demands[0].granted, 0u);
  EXPECT_FALSE(demands[1].granted);
}

TEST(LayerAllocation, ABudgetNearTheBorderDoesNotMakeLayersGoUpAndDown) {
  // What it takes to go up to the second layer...
  std::vector<VideoDemand> up{demand(1, 0)};
  EXPECT_TRUE(allocate_layers(420'000, false, up));
  EXPECT_EQ(up[0].granted, 0u);
  // ...is more than what it takes to stay there.
  std::vector<VideoDemand> stay{demand(1, 1)};
  EXPECT_FALSE(allocate_layers(370'000, false, stay));
  EXPECT_EQ(stay[0].granted, 1u);
}

TEST(LayerAllocation, RaiseOneRaisesTheFirstThatHasLessByOneLayer) {
  std::vector<VideoDemand> demands{demand(2), demand(2)};
  demands[0].granted = 2;
  demands[1].granted = 0;
  raise_one(demands);
  EXPECT_EQ(demands[1].granted, 1u);
}

TEST(LayerRanking, TheLayerAtOrJustAboveTheHeightIsChosen) {
  const RankedLayers ranked = demand(0).ranked;
  EXPECT_EQ(ranked.rank_for(100), 0u);
  EXPECT_EQ(ranked.rank_for(190), 0u) << "a tenth more than the layer has will do";
  EXPECT_EQ(ranked.rank_for(300), 1u);
  EXPECT_EQ(ranked.rank_for(500), 2u);
  EXPECT_EQ(ranked.rank_for(UINT32_MAX), 2u);
}

}  // namespace
}  // namespace sotto::bridge
