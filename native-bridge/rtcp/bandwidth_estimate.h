// REMB (draft-alvestrand-rmcat-remb-03): a receiver's estimate of what its link carries.
//
// | 'R' 'E' 'M' 'B' | count (8) | exponent (6) | mantissa (18) | SSRC ... |
#pragma once

#include <cstdint>
#include <span>

#include "base/byte_writer.h"
#include "base/result.h"
#include "rtcp/packet.h"

namespace sotto::bridge::rtcp {

struct BandwidthEstimate {
  std::uint32_t sender_ssrc = 0;
  std::uint64_t bits_per_second = 0;
  // kWrongState when `packet` is not a REMB (other application layer feedback).
  static Result<BandwidthEstimate> parse(const Packet& packet);
};

// Rounds down to 18 significant bits; at most 255 SSRCs.
void write_bandwidth_estimate(ByteWriter& writer, const BandwidthEstimate& estimate,
                              std::span<const std::uint32_t> ssrcs);

}  // namespace sotto::bridge::rtcp
