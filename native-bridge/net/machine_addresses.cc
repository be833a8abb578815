#include "net/machine_addresses.h"

#include <ifaddrs.h>
#include <net/if.h>

#include <algorithm>

#include "net/socket_address.h"

namespace sotto::bridge {

std::vector<Address> machine_addresses() {
  std::vector<Address> found;
  std::vector<Address> loopback;
  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) return found;
  for (ifaddrs* entry = list; entry; entry = entry->ifa_next) {
    if (!entry->ifa_addr || !(entry->ifa_flags & IFF_UP)) continue;
    Address address = from_socket_address(entry->ifa_addr);
    if (!address.is_set() || is_link_local(address)) continue;
    auto& into = is_loopback(address) ? loopback : found;
    if (std::ranges::find(into, address) == into.end()) into.push_back(address);
  }
  freeifaddrs(list);
  return found.empty() ? loopback : found;
}

std::vector<CandidateAddress> candidates(const Config& config, std::uint16_t media_port,
                                         const std::vector<Address>& machine, bool ipv6_works) {
  std::vector<Address> addresses = config.public_addresses;
  Address host = Address::from_text(config.host, 0).value_or(Address());
  if (addresses.empty() && !is_unspecified(host)) addresses = {host};
  if (addresses.empty()) {
    for (const Address& address : machine) {
      if (address.is_v4() || (ipv6_works && host.is_v6())) addresses.push_back(address);
    }
  }
  std::vector<CandidateAddress> out;
  for (const Address& address : addresses) {
    auto with_port = Address::from_bytes(address.ip(), media_port);
    if (with_port) out.push_back({.address = *with_port, .tcp = config.ice_tcp});
  }
  return out;
}

}  // namespace sotto::bridge
