// One room: its endpoints by name and by index, and its media.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "bridge/endpoint.h"
#include "bridge/room_delivery.h"
#include "bridge/room_sink.h"
#include "bridge/timer_queue.h"
#include "sfu/conference.h"

namespace sotto::bridge {

struct Room {
  Room(std::string called, const ConferenceLimits& limits, RandomSource& random, TimerQueue& timers,
       DatagramQueue& out)
      : name(std::move(called)),
        conference(limits, random),
        sink(by_index, out),
        timer(timers, this) {}

  Endpoint* find(std::string_view endpoint) const;
  // nullptr for an index that nobody has.
  Endpoint* find(EndpointIndex index) const;
  // The endpoint's index is set and nobody has its name.
  void add(std::unique_ptr<Endpoint> endpoint);
  std::unique_ptr<Endpoint> remove(Endpoint& endpoint);

  TrackId next_track() { return TrackId{++last_track_}; }

  const std::string name;
  Conference conference;
  std::vector<Endpoint*> by_index;
  std::map<std::string, std::unique_ptr<Endpoint>, std::less<>> endpoints;
  RoomSink sink;
  Timer timer;                             // of the conference
  std::unique_ptr<RoomDelivery> delivery;  // null before it is wanted

 private:
  std::uint32_t last_track_ = 0;
};

}  // namespace sotto::bridge
