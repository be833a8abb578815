#include "sim/network.h"

#include <utility>

namespace sotto::bridge::sim {

void Network::send(Time now, Direction direction, const Path& path, ByteView datagram) {
  ++sent_;
  if (tap) tap(direction, path, datagram);
  const bool lost = static_cast<double>(random_.below(1'000'000)) < conditions.loss * 1e6;
  Duration delay = conditions.delay;
  if (conditions.jitter > Duration::zero()) {
    delay += Duration(random_.below(static_cast<std::uint64_t>(conditions.jitter.count())));
  }
  if (lost || conditions.silent) {
    ++lost_;
    return;
  }
  flying_.emplace(now + delay, Delivery{direction, path, {datagram.begin(), datagram.end()}});
}

std::optional<Network::Delivery> Network::pop(Time now) {
  if (next() > now) return std::nullopt;
  auto node = flying_.extract(flying_.begin());
  return std::move(node.mapped());
}

}  // namespace sotto::bridge::sim
