#include "rtcp/ntp_time.h"

namespace sotto::bridge::rtcp {

namespace {
constexpr std::int64_t kMicroseconds = 1000000;
}

std::uint64_t ntp_from(Time time) {
  const std::int64_t us = microseconds(time);
  const auto seconds = static_cast<std::uint64_t>(us / kMicroseconds);
  const auto fraction = (static_cast<std::uint64_t>(us % kMicroseconds) << 32) / kMicroseconds;
  return seconds << 32 | fraction;
}

std::uint32_t compact_ntp(Duration duration) {
  const std::int64_t us = duration.count();
  if (us <= 0) return 0;
  // 16 bits of seconds: 18 hours.
  if (us >= kMicroseconds << 16) return 0xffffffff;
  return static_cast<std::uint32_t>((us << 16) / kMicroseconds);
}

Duration duration_from_compact(std::uint32_t compact) {
  return Duration(static_cast<std::int64_t>(compact) * kMicroseconds >> 16);
}

}  // namespace sotto::bridge::rtcp
