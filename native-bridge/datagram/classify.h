// What arrived on the one port (RFC 7983 section 7, RFC 5761 section 4):
//
//   first byte   0..3    STUN
//               20..63   DTLS
//              128..191  RTP or RTCP: RTCP when the second byte, read as an RTCP packet type,
//                        is 192 to 223
#pragma once

#include "base/bytes.h"

namespace sotto::bridge {

enum class DatagramKind { kUnknown, kStun, kDtls, kRtp, kRtcp };

// By the first two bytes and the shortest possible length of each; the parser has the last word.
DatagramKind classify(ByteView datagram);

}  // namespace sotto::bridge
