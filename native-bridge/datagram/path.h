// The way a datagram came, which is the way its answer goes.
#pragma once

#include <cstdint>
#include <functional>

#include "datagram/address.h"

namespace sotto::bridge {

struct Path {
  // 0: the UDP port. Anything else: the shell's number of one ICE-TCP connection (RFC 6544),
  // never reused while the process lives.
  std::uint64_t connection = 0;
  Address remote;

  bool is_tcp() const { return connection != 0; }
  friend bool operator==(const Path&, const Path&) = default;
};

struct PathHash {
  std::size_t operator()(const Path& path) const {
    // FNV-1a over the few bytes that differ between peers.
    std::uint64_t hash = 1469598103934665603u ^ path.connection;
    for (std::uint8_t byte : path.remote.ip()) hash = (hash ^ byte) * 1099511628211u;
    return (hash ^ path.remote.port()) * 1099511628211u;
  }
};

}  // namespace sotto::bridge
