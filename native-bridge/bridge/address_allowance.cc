#include "bridge/address_allowance.h"

#include <algorithm>

#include "datagram/address.h"

namespace sotto::bridge {

AddressAllowance::Network AddressAllowance::network_of(std::string_view ip) {
  Network network{};
  const auto address = Address::from_text(ip, 0);
  if (!address) return network;
  network[0] = address->is_v4() ? 4 : 6;
  const ByteView bytes = address->ip();
  std::copy_n(bytes.begin(), std::min<std::size_t>(bytes.size(), 8), network.begin() + 1);
  return network;
}

// Whoever has the whole burst again has what a stranger has. Once a second, since it looks at all.
void AddressAllowance::forget_rested(Time now) {
  if (swept_ && now < *swept_ + std::chrono::seconds(1)) return;
  swept_ = now;
  std::erase_if(buckets_, [&](auto& entry) { return entry.second.is_full(now); });
}

bool AddressAllowance::take(Time now, std::string_view ip) {
  Network network = network_of(ip);
  auto found = buckets_.find(network);
  if (found == buckets_.end()) {
    if (buckets_.size() >= kMostAddresses) forget_rested(now);
    if (buckets_.size() >= kMostAddresses) network = Network{};
    found = buckets_.try_emplace(network, per_second_, burst_, now).first;
  }
  return found->second.take(now);
}

}  // namespace sotto::bridge
