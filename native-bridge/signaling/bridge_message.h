// What the bridge says, as types and as text (docs/protocol.md). Texts are complete frames.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sfu/media_types.h"
#include "signaling/error_code.h"

namespace sotto::bridge::signaling {

using MessageId = std::optional<std::uint64_t>;

struct TrackView {
  std::string track;
  Source source = Source::kMicrophone;
  bool paused = false;
};

struct EndpointView {
  std::string endpoint;
  std::string state;  // empty: left out
  std::vector<TrackView> tracks;
};

struct MidTrack {
  std::string mid;
  std::string track;
};

struct Published {
  std::string sdp;
  std::vector<MidTrack> tracks;
};

struct OfferedSeat {
  std::uint32_t seat = 0;
  std::string audio_mid;
  std::string video_mid;
};

struct Offer {
  std::uint64_t generation = 0;
  std::string sdp;
  std::vector<OfferedSeat> seats;
};

// Without `endpoint` the seat is empty.
struct SeatedView {
  std::uint32_t seat = 0;
  std::optional<std::string> endpoint;
  Group group = Group::kCamera;
  std::optional<std::string> audio;
  std::optional<std::string> video;
};

struct JoinedLimits {
  std::size_t seats = 0;
  std::size_t state_chars = 0;
  std::size_t message_bytes = 0;
  std::uint64_t resume_seconds = 0;
  // Largest messages of the group's delivery.
  std::size_t handshake_bytes = 0;
  std::size_t key_package_bytes = 0;
  std::size_t welcome_bytes = 0;
  std::size_t application_bytes = 0;
};

struct Joined {
  std::string room;
  std::string endpoint;
  std::string resume;
  bool resumed = false;
  std::vector<EndpointView> endpoints;
  std::optional<Published> publish;
  JoinedLimits limits;
  // Of a resumed endpoint only.
  std::optional<EndpointView> self;
  std::optional<std::vector<SeatedView>> seats;
  std::optional<std::vector<std::string>> speakers;
  std::optional<Offer> offer;
};

std::string text_of(const MessageId& id, const Joined& joined);
std::string text_of(const MessageId& id, const Published& published);
// An offer that was asked for repeats the request's id.
std::string text_of(const MessageId& id, const Offer& offer);
std::string text_of(const MessageId& id, const MessageError& error);
// The answer to `follow`, before what the endpoint lacks; `log` as base64url.
std::string log_text(const MessageId& id, std::string_view log, std::uint64_t last, bool complete);
std::string caught_up_text(std::string_view log, std::uint64_t last);
std::string ok_text(std::uint64_t id);
std::string pong_text(const MessageId& id);

std::string seats_text(const std::vector<SeatedView>& seats);
std::string endpoint_joined_text(const EndpointView& endpoint);
// "left", "lost"
std::string endpoint_left_text(std::string_view endpoint, std::string_view reason);
std::string tracks_text(std::string_view endpoint, const std::vector<TrackView>& tracks);
std::string state_text(std::string_view endpoint, std::string_view state);
std::string speakers_text(const std::vector<std::string>& endpoints);
// "shutdown", "replaced"
std::string bye_text(std::string_view reason);

}  // namespace sotto::bridge::signaling
