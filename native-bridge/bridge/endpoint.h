// One participant as the bridge knows it. Outlives its WebSocket by the resume window.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bridge/media_connection.h"
#include "bridge/resume_token.h"
#include "bridge/subscribe_offers.h"
#include "bridge/timer_queue.h"
#include "delivery/frame.h"
#include "sfu/media_types.h"
#include "signaling/bridge_message.h"

namespace sotto::bridge {

// A track as its publisher and the others name it; its media is sfu/track.h.
struct SignaledTrack {
  TrackId id{};
  Source source = Source::kMicrophone;
  std::string mid;
  bool paused = false;
  friend bool operator==(const SignaledTrack&, const SignaledTrack&) = default;
};

struct Endpoint {
  Endpoint(Room& in, std::string called, TimerQueue& timers)
      : room(in), id(std::move(called)), name(name_of(id)), away_timer(timers, this) {}

  signaling::EndpointView view() const;
  std::vector<signaling::TrackView> track_views() const;
  // nullptr: not one of this endpoint's.
  SignaledTrack* find_track(std::string_view text);
  std::unique_ptr<MediaConnection>& connection(Connection kind) {
    return kind == Connection::kPublish ? publish : subscribe;
  }

  Room& room;
  const std::string id;               // as its client named it
  const delivery::EndpointName name;  // the same as bytes
  EndpointIndex index{};
  std::string state;  // opaque
  std::vector<SignaledTrack> tracks;
  ResumeToken token;
  Socket* socket = nullptr;  // null while away
  bool following = false;    // the group's messages, on this socket
  Timer away_timer;          // set while away: when the place is given up

  // `id` is one (signaling/identifiers.h).
  static delivery::EndpointName name_of(std::string_view id);

  std::unique_ptr<MediaConnection> publish;
  std::unique_ptr<MediaConnection> subscribe;
  SubscribeOffers offers;
};

}  // namespace sotto::bridge
