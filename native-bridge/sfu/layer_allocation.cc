#include "sfu/layer_allocation.h"

namespace sotto::bridge {
namespace {

std::uint64_t cost(const VideoDemand& demand, std::size_t rank) {
  const std::uint64_t rate = demand.ranked.bits_per_second[rank];
  const bool flows = demand.current && *demand.current >= rank;
  return flows ? rate - rate / 10 : rate + rate / 8;
}

bool below_desired(const VideoDemand& demand) {
  return demand.ranked.count > 0 && (!demand.granted || *demand.granted < demand.desired);
}

// The cost of everybody's smallest layer; when congested, takes away what exceeds the budget
// clearly.
std::uint64_t grant_smallest(std::uint64_t budget, bool congested, std::span<VideoDemand> demands) {
  std::uint64_t used = 0;
  bool first = true;
  for (VideoDemand& demand : demands) {
    demand.granted.reset();
    if (demand.ranked.count == 0) continue;
    const std::uint64_t next = used + cost(demand, 0);
    if (congested && !first && next > budget && next - budget > budget / 4) continue;
    demand.granted = 0;
    used = next;
    first = false;
  }
  return used;
}

}  // namespace

bool allocate_layers(std::uint64_t budget, bool congested, std::span<VideoDemand> demands) {
  std::uint64_t used = grant_smallest(budget, congested, demands);
  for (std::size_t rank = 1; rank < kMaxLayers; ++rank) {
    for (VideoDemand& demand : demands) {
      if (rank > demand.desired || demand.granted != rank - 1) continue;
      const std::uint64_t next = used - cost(demand, rank - 1) + cost(demand, rank);
      if (next > budget) continue;
      demand.granted = rank;
      used = next;
    }
  }
  for (const VideoDemand& demand : demands) {
    if (below_desired(demand)) return true;
  }
  return false;
}

void raise_one(std::span<VideoDemand> demands) {
  for (VideoDemand& demand : demands) {
    if (!below_desired(demand)) continue;
    demand.granted = demand.granted ? *demand.granted + 1 : 0;
    return;
  }
}

std::uint64_t granted_cost(std::span<const VideoDemand> demands) {
  std::uint64_t sum = 0;
  for (const VideoDemand& demand : demands) {
    if (demand.granted) sum += cost(demand, *demand.granted);
  }
  return sum;
}

}  // namespace sotto::bridge
