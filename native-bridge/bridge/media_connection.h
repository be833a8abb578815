// One of an endpoint's two PeerConnections as the bridge holds it: the transport, the names and
// paths by which datagrams find it, and what its SDP repeats.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bridge/bridge_config.h"
#include "bridge/timer_queue.h"
#include "datagram/path.h"
#include "sdp/transport_parameters.h"
#include "sfu/media_types.h"
#include "transport/transport.h"

namespace sotto::bridge {

class MediaConnection {
 public:
  MediaConnection(Endpoint& endpoint, Connection kind, const Identity& identity,
                  RandomSource& random, TimerQueue& timers, Time now);

  Endpoint& endpoint() const { return endpoint_; }
  Connection kind() const { return kind_; }

  // For the next description: a new version each time (RFC 8829 section 5.2.2).
  sdp::LocalTransport next_description(const std::vector<CandidateAddress>& candidates);

  // What the client's SDP says. kMalformed for a fingerprint that is none.
  static Result<Fingerprint> fingerprint_of(const sdp::RemoteTransport& remote);
  static IceParameters ice_of(const sdp::RemoteTransport& remote) {
    return {remote.ufrag, remote.password};
  }
  // Empty before the first description of the client.
  const std::optional<Fingerprint>& remote_fingerprint() const { return remote_fingerprint_; }
  void set_remote(const IceParameters& ice, const Fingerprint& fingerprint);

  Transport transport;
  Timer timer;
  // Kept by the PathTable: names still answered to, and paths, that of the latest check last.
  std::vector<std::string> ufrags;
  std::vector<Path> paths;

 private:
  Endpoint& endpoint_;
  Connection kind_;
  std::string fingerprint_text_;
  std::uint64_t session_id_;
  std::uint64_t session_version_ = 0;
  std::optional<Fingerprint> remote_fingerprint_;
};

}  // namespace sotto::bridge
