// The bridge's answer to a publisher's offer (RFC 8829, RFC 8843, RFC 8853): it receives, and
// takes what can be forwarded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rtp/codec.h"
#include "rtp/header_extension.h"
#include "sdp/media_format.h"
#include "sdp/session_description.h"
#include "sdp/streams.h"
#include "sdp/transport_parameters.h"

namespace sotto::bridge::sdp {

// One m-line of the offer, in its order.
struct PublishMedia {
  std::string mid;
  // Which m-lines can carry a track: answered recvonly. The others were rejected (port 0: an
  // unknown kind, no common codec) or are inactive.
  bool active = false;
  bool rejected = false;
  MediaKind kind = MediaKind::kAudio;
  std::vector<MediaFormat> formats;  // at least one unless rejected
  ExtensionMap extensions;
  // As declared by a=ssrc; may be empty (Chromium with simulcast), and does not tell which rid is
  // which: packets say by their MID and RID extensions.
  std::vector<StreamSsrc> ssrcs;
  // In the order of a=simulcast: lowest quality first by custom. Empty without simulcast.
  std::vector<std::string> rids;
};

struct PublishAnswer {
  std::string sdp;
  RemoteTransport remote;
  std::vector<PublishMedia> media;
};

constexpr std::size_t kMaxRids = 3;
constexpr std::size_t kMaxPublishMedia = 64;

// The client must offer itself as DTLS client (actpass or active), with BUNDLE (unless there is
// one m-line) and rtcp-mux.
Parsed<PublishAnswer> answer_publish(const SessionDescription& offer, const LocalTransport& local);

}  // namespace sotto::bridge::sdp
