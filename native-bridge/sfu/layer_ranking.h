// Orders the layers of a track from smallest to largest, without looking at a picture.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "sfu/track.h"

namespace sotto::bridge {

// The layers that send now, smallest first.
struct RankedLayers {
  std::array<std::uint8_t, kMaxLayers> layers{};
  std::array<std::uint64_t, kMaxLayers> bits_per_second{};  // 0: not yet measured
  std::array<std::uint32_t, kMaxLayers> heights{};  // assumed where the publisher does not say
  std::size_t count = 0;

  // The smallest that is at least `height` high (a tenth less will do), else the largest.
  std::size_t rank_for(std::uint32_t height) const;
  // The rank of a layer; `count` when it is not sending.
  std::size_t rank_of(std::uint8_t layer) const;
};

// By height where both say it (Dependency Descriptor), else by bit rate where they differ
// clearly, else by the order of a=simulcast, which browsers' pages write smallest first.
RankedLayers rank_layers(const Track& track);

}  // namespace sotto::bridge
