#pragma once

#include <cstdint>

namespace sotto::bridge {

struct ConferenceStats {
  std::uint64_t rtp_received = 0;
  std::uint64_t rtp_forwarded = 0;
  std::uint64_t rtp_unidentified = 0;  // no track for this SSRC, mid or payload type
  std::uint64_t rtp_malformed = 0;
  std::uint64_t rtp_repeated = 0;      // seen before, or too old
  std::uint64_t rtcp_malformed = 0;
  std::uint64_t retransmitted = 0;
  std::uint64_t nack_sent = 0;          // sequence numbers asked of publishers
  std::uint64_t keyframe_requests = 0;  // PLI sent to publishers
};

}  // namespace sotto::bridge
