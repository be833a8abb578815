// One place on a receiver's side: an audio and a video m-line with fixed SSRCs.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>

#include "base/random.h"
#include "sfu/audio_forwarder.h"
#include "sfu/conference_event.h"
#include "sfu/resend_limiter.h"
#include "sfu/seat_assignment.h"
#include "sfu/track.h"
#include "sfu/video_forwarder.h"

namespace sotto::bridge {

// The receiver's payload types for one codec of the occupant's track.
struct OutPayload {
  static constexpr std::uint8_t kNone = 0xff;  // not accepted by the receiver
  std::uint8_t payload_type = kNone;
  std::uint8_t rtx_payload_type = kNone;
};
using OutPayloads = std::array<OutPayload, kMaxCodecs>;

// For every codec of `track` the accepted one of the same name and profile.
OutPayloads match_codecs(const Track& track, const std::vector<TrackCodec>& accepted);

// What sender reports say of one SSRC.
struct SentCounters {
  std::uint32_t packets = 0;
  std::uint32_t octets = 0;
  bool since_report = false;
  // A receiver that reports on the SSRC knows it, and needs no MID any more (RFC 8843 9.2).
  bool known_to_receiver = false;

  void add(std::size_t payload_octets) {
    ++packets;
    octets += static_cast<std::uint32_t>(payload_octets);
    since_report = true;
  }
};

struct Seat {
  explicit Seat(RandomSource& random)
      : audio_forwarder(random),
        video_forwarder(random),
        rtx_sequence_number(static_cast<std::uint16_t>(random.u32() & 0x7fff)) {}

  std::optional<GroupKey> key() const {
    if (!occupant) return std::nullopt;
    return GroupKey{occupant->endpoint, occupant->group};
  }

  std::optional<Occupant> occupant;
  Track* audio = nullptr;
  Track* video = nullptr;
  std::uint32_t height = 0;  // CSS pixels at which the receiver shows it; 0: no video
  AudioForwarder audio_forwarder;
  VideoForwarder video_forwarder;
  OutPayloads audio_payloads{};
  OutPayloads video_payloads{};
  SentCounters audio_sent;
  SentCounters video_sent;
  std::uint16_t rtx_sequence_number;
  std::unique_ptr<ResendHistory> resends;  // made at the first NACK
};

}  // namespace sotto::bridge
