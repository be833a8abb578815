// One open WebSocket, with or without an endpoint yet.
#pragma once

#include <cstdint>
#include <string>

#include "bridge/bridge.h"
#include "bridge/timer_queue.h"
#include "bridge/token_bucket.h"

namespace sotto::bridge {

struct Socket {
  Socket(SocketId number, std::string_view ip, const BridgeLimits& limits, TimerQueue& timers,
         Time now)
      : id(number),
        remote_ip(ip),
        messages(limits.messages_per_second, static_cast<double>(limits.message_burst), now),
        // Refusals may come at a hundredth of the rate for ever: somebody stumbles now and then.
        refusals(limits.messages_per_second / 100, static_cast<double>(limits.refused_messages),
                 now),
        join_timer(timers, this) {}

  SocketId id;
  std::string remote_ip;
  Endpoint* endpoint = nullptr;  // null before `join`
  TokenBucket messages;
  TokenBucket refusals;
  Timer join_timer;
};

}  // namespace sotto::bridge
