#include "bridge/endpoint.h"

#include <algorithm>

#include "base/base64url.h"

namespace sotto::bridge {

std::vector<signaling::TrackView> Endpoint::track_views() const {
  std::vector<signaling::TrackView> views;
  views.reserve(tracks.size());
  for (const SignaledTrack& track : tracks) {
    views.push_back({track_text(track.id), track.source, track.paused});
  }
  return views;
}

signaling::EndpointView Endpoint::view() const {
  return {id, state, track_views()};
}

delivery::EndpointName Endpoint::name_of(std::string_view id) {
  delivery::EndpointName name{};
  if (const auto bytes = from_base64url(id); bytes && bytes->size() == name.size()) {
    std::copy(bytes->begin(), bytes->end(), name.begin());
  }
  return name;
}

SignaledTrack* Endpoint::find_track(std::string_view text) {
  for (SignaledTrack& track : tracks) {
    if (track_text(track.id) == text) return &track;
  }
  return nullptr;
}

}  // namespace sotto::bridge
