// Which RTP streams an m-line announces: a=ssrc, a=ssrc-group:FID (RFC 5576), a=rid and
// a=simulcast (RFC 8853).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sdp/session_description.h"

namespace sotto::bridge::sdp {

struct StreamSsrc {
  std::uint32_t media = 0;
  std::optional<std::uint32_t> rtx;
};

constexpr std::size_t kMaxStreams = 16;

// In the order of the first mention; at most kMaxStreams. Malformed lines are passed over.
std::vector<StreamSsrc> read_ssrcs(const MediaDescription& media);

// The rids to be sent, in the order of a=simulcast:send (of alternatives the first), each with an
// a=rid line; at most `limit`. Without a=simulcast the single a=rid, if there is just one.
std::vector<std::string> read_send_rids(const MediaDescription& media, std::size_t limit);

}  // namespace sotto::bridge::sdp
