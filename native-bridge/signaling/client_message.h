// What a client may say, already checked field by field (docs/protocol.md). SDP is still text.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sfu/media_types.h"

namespace sotto::bridge::signaling {

struct PublishTrack {
  std::string mid;
  Source source = Source::kMicrophone;
};

// At most one track of each source and of each mid.
struct Publish {
  std::string sdp;
  std::vector<PublishTrack> tracks;
};

struct Join {
  std::string room;
  std::string endpoint;
  std::optional<std::string> resume;
  std::optional<std::string> token;  // a JSON Web Token, unread
  std::optional<std::string> state;  // opaque
  std::optional<Publish> publish;
};

struct Pause {
  std::string track;
  bool paused = false;
};

struct Want {
  std::string endpoint;
  Group group = Group::kCamera;
  std::uint32_t height = 0;  // CSS pixels; 0: audio only
};

// Most wanted first; no (endpoint, group) twice.
struct Subscribe {
  std::vector<Want> want;
};

struct Answer {
  std::uint64_t generation = 0;
  std::string sdp;
};

struct RequestOffer {
  bool ice_restart = false;
  bool renew = false;  // the client has made a new PeerConnection
};

struct SetState {
  std::string state;
};

// How far it has read which log.
struct FollowedSoFar {
  std::array<std::uint8_t, 16> log{};
  std::uint64_t after = 0;
};
// Wants the messages of the group, on this socket, and what it lacks of the log.
struct Follow {
  std::optional<FollowedSoFar> had;  // nothing: only what comes from now on
};

struct Ping {};
struct Leave {};

using ClientMessage = std::variant<Join, Publish, Pause, Subscribe, Answer, RequestOffer, SetState,
                                   Follow, Ping, Leave>;

}  // namespace sotto::bridge::signaling
