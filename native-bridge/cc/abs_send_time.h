// abs-send-time: 24 bits of 6.18 fixed-point seconds, wrapping after 64 s.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace sotto::bridge {

constexpr std::uint32_t abs_send_time(Time time) {
  const std::uint64_t us = static_cast<std::uint64_t>(time.time_since_epoch().count());
  // Whole seconds apart, so that the shift cannot overflow.
  return static_cast<std::uint32_t>(((us / 1000000) << 18) + ((us % 1000000) << 18) / 1000000) &
         0xffffff;
}

}  // namespace sotto::bridge
