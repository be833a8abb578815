// Time is an argument. Cores receive a Time with every call and never ask a clock; only the
// shell (native-bridge/net, main) turns a real clock into one. Tests use any numbers they like.
#pragma once

#include <chrono>
#include <cstdint>

namespace sotto {

// Tag only: deliberately has no now().
struct MonotonicTime {
  using rep = std::int64_t;
  using period = std::micro;
  using duration = std::chrono::duration<rep, period>;
  using time_point = std::chrono::time_point<MonotonicTime>;
  static constexpr bool is_steady = true;
};

using Duration = MonotonicTime::duration;
using Time = MonotonicTime::time_point;

// Microseconds since the unspecified start of the clock.
inline std::int64_t microseconds(Time time) { return time.time_since_epoch().count(); }
inline Time from_microseconds(std::int64_t us) { return Time(Duration(us)); }

}  // namespace sotto
