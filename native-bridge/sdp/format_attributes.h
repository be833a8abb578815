// Writes a format into an m-line: payload types, a=rtpmap, a=fmtp, a=rtcp-fb.
#pragma once

#include <string>
#include <string_view>

#include "sdp/media_format.h"
#include "sdp/session_description.h"
#include "sdp/transport_parameters.h"

namespace sotto::bridge::sdp {

// What the bridge asks of Opus senders. Constant bit rate, because the sizes of encrypted packets
// of variable rate tell what is being said (RFC 6562); for the same reason no usedtx.
inline constexpr std::string_view kOpusReceived = "minptime=10;useinbandfec=1;cbr=1";

// Adds `format`'s payload types, with RTX, and those of its feedback messages that are set.
// `parameters` is the value of a=fmtp; "" for none.
void add_format(MediaDescription& media, const MediaFormat& format, std::string_view parameters);

// The value of the o= line.
std::string origin(const LocalTransport& local);

}  // namespace sotto::bridge::sdp
