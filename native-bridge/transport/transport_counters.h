// What happened on one transport, for statistics and tests.
#pragma once

#include <cstdint>

namespace sotto::bridge {

struct TransportCounters {
  std::uint64_t received_rtp = 0;
  std::uint64_t received_rtcp = 0;
  std::uint64_t sent_rtp = 0;
  std::uint64_t sent_rtcp = 0;
  std::uint64_t replayed = 0;         // protected packets seen before, or too late
  std::uint64_t unauthenticated = 0;  // protected packets that did not open
  std::uint64_t refused = 0;          // from a path without a valid check, or before the keys
};

}  // namespace sotto::bridge
