// The SDP that a virtual client writes: an offer to publish, and the answer to a subscribe offer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dtls/fingerprint.h"
#include "ice/ice_parameters.h"
#include "sfu/media_types.h"

namespace sotto::bridge::sim {

constexpr std::uint8_t kOpusPayloadType = 109;
constexpr std::uint8_t kVp8PayloadType = 120;
constexpr std::uint8_t kVp8RtxPayloadType = 124;
constexpr std::uint8_t kAudioLevelId = 1;

struct OfferedMedia {
  std::string mid;
  Source source = Source::kMicrophone;
  std::uint32_t ssrc = 0;
  std::uint32_t rtx_ssrc = 0;  // video only
  bool sending = true;         // false: a=inactive
};

std::string publish_offer(const IceParameters& ice, const Fingerprint& fingerprint,
                          const std::vector<OfferedMedia>& media);

// Accepts everything that `offer` has.
std::string subscribe_answer(std::string_view offer, const IceParameters& ice,
                             const Fingerprint& fingerprint);

// What a client reads from the bridge's SDP.
struct BridgeDescription {
  IceParameters ice;
  Fingerprint fingerprint;
  std::size_t media = 0;
  struct Stream {
    std::uint32_t ssrc = 0;
    std::uint32_t rtx_ssrc = 0;
    std::string mid;
    MediaKind kind = MediaKind::kAudio;
  };
  std::vector<Stream> streams;  // of an offer
};
BridgeDescription read_bridge_sdp(std::string_view sdp);

}  // namespace sotto::bridge::sim
