// Where media can reach this machine.
#pragma once

#include <cstdint>
#include <vector>

#include "bridge/bridge_config.h"
#include "net/config.h"

namespace sotto::bridge {

// Addresses of all interfaces that are up, without a port: no link-local ones, and loopback
// only when there is nothing else.
std::vector<Address> machine_addresses();

// The SDP's candidates: the public addresses if given, else the host, else the machine's own.
std::vector<CandidateAddress> candidates(const Config& config, std::uint16_t media_port,
                                         const std::vector<Address>& machine, bool ipv6_works);

}  // namespace sotto::bridge
