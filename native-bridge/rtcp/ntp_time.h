// NTP timestamps: seconds since 1900 in 32.32 bits (RFC 3550 section 4). The bridge sends times
// of its monotonic clock in this format: receivers only compare them with each other.
#pragma once

#include <cstdint>

#include "base/time.h"

namespace sotto::bridge::rtcp {

std::uint64_t ntp_from(Time time);
// The middle 32 bits: 16.16 seconds, for LSR and DLSR.
constexpr std::uint32_t compact(std::uint64_t ntp) {
  return static_cast<std::uint32_t>(ntp >> 16);
}
std::uint32_t compact_ntp(Duration duration);
Duration duration_from_compact(std::uint32_t compact);

}  // namespace sotto::bridge::rtcp
