// a=sendrecv, sendonly, recvonly, inactive (RFC 3264 section 6.1).
#pragma once

#include "sdp/session_description.h"

namespace sotto::bridge::sdp {

struct Direction {
  bool send = true;
  bool receive = true;
};

// Of whoever wrote the SDP: the m-line's, else the session's, else sendrecv.
Direction read_direction(const SessionDescription& session, const MediaDescription& media);

}  // namespace sotto::bridge::sdp
