// Turns a publisher's NTP times into the bridge's clock. Receivers get sender reports in the
// bridge's time: a seat whose occupants' clocks differ by seconds would otherwise mislead their
// RTP-to-NTP estimates, and with them lip sync, for as long as they remember old reports. One
// offset serves all streams of a publisher, so that what is in sync stays in sync.
#pragma once

#include <cstdint>
#include <optional>

#include "base/time.h"

namespace sotto::bridge {

class PublisherClock {
 public:
  // A sender report that says `ntp` (RFC 3550 section 4) has come. The offset stays, unless the
  // publisher's clock was set meanwhile.
  void on_sender_report(Time now, std::uint64_t ntp) {
    const Duration offset = now.time_since_epoch() - microseconds_of(ntp);
    if (!offset_ || offset - *offset_ > kStep || *offset_ - offset > kStep) offset_ = offset;
  }

  // Only after a report.
  Time local(std::uint64_t ntp) const { return Time(microseconds_of(ntp) + *offset_); }
  bool known() const { return offset_.has_value(); }

 private:
  static constexpr Duration kStep = std::chrono::milliseconds(500);

  static Duration microseconds_of(std::uint64_t ntp) {
    const std::uint64_t seconds = ntp >> 32;
    const std::uint64_t fraction = ntp & 0xffffffff;
    return Duration(static_cast<std::int64_t>(seconds * 1'000'000 + (fraction * 1'000'000 >> 32)));
  }

  std::optional<Duration> offset_;
};

// One stream's line between RTP timestamps and the bridge's time, from its last sender report.
struct TimestampAnchor {
  Time at{};
  std::uint32_t rtp_timestamp = 0;
};

}  // namespace sotto::bridge
