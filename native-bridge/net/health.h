// The JSON of /healthz: numbers that tell nothing about who is here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bridge/bridge_stats.h"
#include "net/ice_tcp.h"
#include "net/udp_port.h"

namespace sotto::bridge {

struct Health {
  std::string_view version;
  std::int64_t uptime_seconds = 0;
  BridgeStats bridge;
  UdpReceiveStats received;
  UdpSendStats sent;
  IceTcpStats tcp;
  std::size_t websockets = 0;
};

std::string health_json(const Health& health);

}  // namespace sotto::bridge
