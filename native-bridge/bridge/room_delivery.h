// The delivery service of one room, from the first endpoint that follows or sends: rooms without a
// group have none.
#pragma once

#include "bridge/timer_queue.h"
#include "delivery/delivery.h"

namespace sotto::bridge {

struct Room;

struct RoomDelivery {
  RoomDelivery(Room& of, const delivery::DeliveryLimits& limits, delivery::SharedBytes& shared,
               const delivery::LogId& log, TimerQueue& timers, Time now)
      : room(of), service(limits, shared, log, now), timer(timers, this) {}

  Room& room;
  delivery::Delivery service;
  Timer timer;
};

}  // namespace sotto::bridge
