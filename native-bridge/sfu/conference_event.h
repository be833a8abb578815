// What a conference tells its owner. Drain after every call: a seat's change is queued before
// the first packet of its new occupant is written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sfu/media_types.h"

namespace sotto::bridge {

struct Occupant {
  EndpointIndex endpoint{};
  Group group = Group::kCamera;
  std::optional<TrackId> audio;  // absent while the group has no such track
  std::optional<TrackId> video;
  friend bool operator==(const Occupant&, const Occupant&) = default;
};

// `occupant` absent: the seat is empty.
struct SeatView {
  std::uint32_t seat = 0;
  std::optional<Occupant> occupant;
};

// What the offer declares for a seat: one SSRC an m-line, fixed for the seat's life.
struct SeatStreams {
  std::uint32_t seat = 0;
  std::uint32_t audio_ssrc = 0;
  std::uint32_t video_ssrc = 0;
  std::uint32_t video_rtx_ssrc = 0;
  std::string cname;      // of both, so that a receiver syncs them (and of SDES)
  std::string stream_id;  // msid of both m-lines
  std::string audio_mid;  // "a0"
  std::string video_mid;  // "v0"
};

struct SeatsChanged {
  EndpointIndex endpoint{};      // whose seats
  std::vector<SeatView> seats;   // only those that changed
};

// The endpoint should be offered seats 0 to count - 1 (they exist: see Conference::seats()).
struct SeatsNeeded {
  EndpointIndex endpoint{};
  std::size_t count = 0;
};

// Loudest first, to everybody.
struct SpeakersChanged {
  std::vector<EndpointIndex> speakers;
};

using ConferenceEvent = std::variant<SeatsChanged, SeatsNeeded, SpeakersChanged>;

}  // namespace sotto::bridge
