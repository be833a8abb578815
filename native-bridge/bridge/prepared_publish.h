// A checked `publish` that waits to be carried out whole: everything that can fail is behind it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "bridge/endpoint.h"
#include "dtls/fingerprint.h"
#include "ice/ice_parameters.h"
#include "sfu/negotiated.h"
#include "signaling/bridge_message.h"

namespace sotto::bridge {

struct PreparedPublish {
  std::unique_ptr<MediaConnection> connection;  // null: the endpoint's own goes on
  IceParameters remote_ice;
  Fingerprint remote_fingerprint;
  std::vector<SignaledTrack> tracks;
  std::vector<PublishedTrack> published;
  signaling::Published answer;
};

}  // namespace sotto::bridge
