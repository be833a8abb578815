// What an SDP exchange settled, in the form that the data path needs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sfu/media_types.h"

namespace sotto::bridge {

// One codec of an m-line. `name` is the encoding name of the rtpmap, upper case: "OPUS", "VP8",
// "VP9", "H264", "AV1"; others are ignored. `profile` tells codecs of one name apart ("" for
// most): a packet goes only to receivers that accepted the same name and profile, so put into
// it what must agree, e.g. "42e0" + "1" (constrained baseline, packetization-mode 1), VP9's "0".
struct NegotiatedCodec {
  std::string name;
  std::string profile;
  std::uint8_t payload_type = 0;
  std::optional<std::uint8_t> rtx_payload_type;
};

// a=extmap: id 1 to 255 (8285), the URI as in the SDP.
struct NegotiatedExtension {
  std::uint8_t id = 0;
  std::string uri;
};

struct DeclaredSsrc {
  std::uint32_t media = 0;
  std::optional<std::uint32_t> rtx;  // the second of a=ssrc-group:FID
};

// One m-line on which an endpoint sends.
struct PublishedTrack {
  TrackId id{};
  Source source = Source::kMicrophone;
  std::string mid;
  std::vector<NegotiatedCodec> codecs;
  std::vector<NegotiatedExtension> extensions;
  // Simulcast in the order of a=simulcast, at most 3. Empty: one layer.
  std::vector<std::string> rids;
  // In a=ssrc order. With rids they are ignored (they are learned from mid and rid).
  std::vector<DeclaredSsrc> ssrcs;
  bool paused = false;
};

// What the bridge sends on one kind of m-line of a subscribe connection, as answered.
struct AcceptedKind {
  std::vector<NegotiatedCodec> codecs;
  std::vector<NegotiatedExtension> extensions;
};

struct SubscribeParameters {
  AcceptedKind audio;
  AcceptedKind video;
};

}  // namespace sotto::bridge
