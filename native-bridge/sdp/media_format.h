// a=rtpmap, a=fmtp, a=rtcp-fb: which of an m-line's payload types can be forwarded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rtp/codec.h"
#include "sdp/session_description.h"

namespace sotto::bridge::sdp {

struct MediaFormat {
  Codec codec = Codec::kOpus;
  std::uint8_t payload_type = 0;
  std::optional<std::uint8_t> rtx_payload_type;
  std::string parameters;  // of a=fmtp, as they were

  bool nack = false;
  bool pli = false;
  bool fir = false;
  bool transport_cc = false;
  bool remb = false;
};

// In the order of the m-line. Left out: RED, FEC, other codecs, VP9 profiles but 0, AV1 profiles
// but 0, H.264 other than constrained baseline with packetization-mode 1, stereo-only or
// multi-channel Opus; malformed lines are passed over.
std::vector<MediaFormat> read_formats(const MediaDescription& media);

// One parameter of an a=fmtp value ("profile-id" of "profile-id=0;x=y"); names are compared
// without case.
std::optional<std::string_view> format_parameter(std::string_view parameters,
                                                 std::string_view name);

}  // namespace sotto::bridge::sdp
