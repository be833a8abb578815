// A rate limit for each address from which sockets come. One person may have a whole network of
// IPv6 addresses, so that the first 64 bits of one count as one.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string_view>

#include "base/time.h"
#include "bridge/token_bucket.h"

namespace sotto::bridge {

class AddressAllowance {
 public:
  // Addresses that are kept apart; the rest, in a flood from everywhere, share one allowance.
  static constexpr std::size_t kMostAddresses = 16384;

  AddressAllowance(double per_second, double burst) : per_second_(per_second), burst_(burst) {}

  // `ip` as text; whatever is no address shares an allowance, too.
  bool take(Time now, std::string_view ip);

  std::size_t size() const { return buckets_.size(); }

 private:
  using Network = std::array<std::uint8_t, 9>;  // 4 or 6, and up to 8 bytes
  static Network network_of(std::string_view ip);
  void forget_rested(Time now);

  double per_second_;
  double burst_;
  std::map<Network, TokenBucket> buckets_;
  std::optional<Time> swept_;
};

}  // namespace sotto::bridge
