#include "sfu/layer_ranking.h"

#include <utility>

namespace sotto::bridge {
namespace {

// What the largest layer is taken for when nothing tells.
constexpr std::uint32_t kAssumedHeight = 720;

bool is_smaller(const Layer& a, const Layer& b, bool first_in_order) {
  if (a.height != 0 && b.height != 0 && a.height != b.height) return a.height < b.height;
  const std::uint64_t rate_a = a.bitrate.bits_per_second();
  const std::uint64_t rate_b = b.bitrate.bits_per_second();
  if (rate_a > 0 && rate_b > 0) {
    if (rate_a > 2 * rate_b) return false;
    if (rate_b > 2 * rate_a) return true;
  }
  return first_in_order;
}

}  // namespace

RankedLayers rank_layers(const Track& track) {
  RankedLayers ranked;
  for (std::size_t i = 0; i < track.layer_count(); ++i) {
    if (!track.layer(i).active) continue;
    std::size_t at = ranked.count++;
    ranked.layers[at] = static_cast<std::uint8_t>(i);
    // Insertion, since the comparison need not be transitive.
    for (; at > 0; --at) {
      const std::uint8_t below = ranked.layers[at - 1];
      if (!is_smaller(track.layer(i), track.layer(below), i < below)) break;
      std::swap(ranked.layers[at], ranked.layers[at - 1]);
    }
  }
  for (std::size_t rank = 0; rank < ranked.count; ++rank) {
    const Layer& layer = track.layer(ranked.layers[rank]);
    ranked.bits_per_second[rank] = layer.bitrate.bits_per_second();
    // Halving from one to the next, as scaleResolutionDownBy 4, 2, 1 does.
    const std::size_t below_top = track.layer_count() - 1 - ranked.layers[rank];
    ranked.heights[rank] = layer.height != 0 ? layer.height : kAssumedHeight >> below_top;
  }
  return ranked;
}

std::size_t RankedLayers::rank_for(std::uint32_t height) const {
  for (std::size_t rank = 0; rank < count; ++rank) {
    if (heights[rank] >= height - height / 10) return rank;
  }
  return count == 0 ? 0 : count - 1;
}

std::size_t RankedLayers::rank_of(std::uint8_t layer) const {
  for (std::size_t rank = 0; rank < count; ++rank) {
    if (layers[rank] == layer) return rank;
  }
  return count;
}

}  // namespace sotto::bridge
