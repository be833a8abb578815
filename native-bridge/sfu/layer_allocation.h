// Shares one receiver's bandwidth among the videos that it shows.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "sfu/layer_ranking.h"

namespace sotto::bridge {

// One seat's video. Ranks count from the smallest layer that sends now.
struct VideoDemand {
  std::uint32_t seat = 0;
  RankedLayers ranked;
  std::size_t desired = 0;             // the rank that the tile's height asks for
  std::optional<std::size_t> current;  // what is being forwarded
  std::optional<std::size_t> granted;  // the answer; nothing: no video for now
};

// No limit known.
constexpr std::uint64_t kUnlimited = UINT64_MAX;

// `demands`: the most wanted first. Everybody gets the smallest layer, then the next, in that
// order, as far as `budget` goes. What flows already counts a little less and what would be new
// a little more, so that a budget near the border does not make layers go up and down. The
// smallest layers are taken away, the least wanted first, only when `congested` and when they
// exceed the budget clearly; the first keeps its one. Returns whether somebody got less than
// desired.
bool allocate_layers(std::uint64_t budget, bool congested, std::span<VideoDemand> demands);

// Raises the first that has less than it desires by one layer.
void raise_one(std::span<VideoDemand> demands);

// A budget from which allocate_layers() would grant what is granted now.
std::uint64_t granted_cost(std::span<const VideoDemand> demands);

}  // namespace sotto::bridge
