// A browser's side of one PeerConnection, for tests in virtual time: it makes ICE checks as the
// controlling agent, is the DTLS client with a certificate of its own, and speaks SRTP both ways.
//
// Sans-I/O like the bridge's cores. A Path is named as the bridge sees it: Path::remote is this
// peer's address. What the peer sends is in outgoing(), each datagram with the path by which it
// reaches the bridge; what the bridge sends by that path goes into handle_datagram().
//
//   VirtualPeer peer(random, now);
//   transport.set_remote(peer.local_ice(), peer.fingerprint());
//   peer.set_remote(transport.local_ice(), identity.fingerprint());
//   peer.use_path(now, {0, address});
//   ... carry datagrams until peer.secure() ...
//   peer.send_rtp(now, plain);
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"
#include "base/time.h"
#include "datagram/path.h"
#include "dtls/fingerprint.h"
#include "ice/ice_parameters.h"
#include "srtp/srtp_keys.h"

namespace sotto::bridge::test {

class VirtualPeer {
 public:
  struct Options {
    // Chromium repeats USE-CANDIDATE on every check, Firefox sends it once a path.
    bool repeat_nomination = true;
    Duration check_interval = std::chrono::milliseconds(500);
    // Offers only this profile, if set; otherwise both, AEAD_AES_128_GCM first.
    std::optional<SrtpProfile> only_profile{};
  };

  VirtualPeer(RandomSource& random, Time now) : VirtualPeer(random, now, Options{}) {}
  VirtualPeer(RandomSource& random, Time now, const Options& options);
  ~VirtualPeer();
  VirtualPeer(VirtualPeer&&) noexcept;

  const IceParameters& local_ice() const;
  const Fingerprint& fingerprint() const;
  // The bridge's parameters. A change of `ice` is a restart: the next check uses it.
  void set_remote(const IceParameters& ice, const Fingerprint& bridge);
  // New credentials of its own, for an offer that restarts ICE.
  void restart_ice();
  // The network that this peer is on now; checks, handshake and media go that way. A second call is
  // a change of network. The first check is made at once.
  void use_path(Time now, const Path& path);

  void handle_datagram(Time now, const Path& path, ByteView datagram);
  void handle_timeout(Time now);
  Time next_timeout() const;

  // The bridge has answered a check on the present path, and the handshake is complete with the
  // certificate that was announced.
  bool secure() const;
  bool failed() const;  // the handshake failed or the bridge closed it
  SrtpProfile profile() const;
  std::uint64_t handshakes_completed() const;

  // The protected packet goes to outgoing(). False before secure().
  bool send_rtp(Time now, ByteView plain);
  bool send_rtcp(Time now, ByteView plain);
  void close();  // close_notify

  struct Datagram {
    Path path;
    std::vector<std::uint8_t> bytes;
  };
  std::deque<Datagram>& outgoing();

  struct Packet {
    bool rtcp = false;
    std::vector<std::uint8_t> bytes;  // plain
  };
  std::deque<Packet>& received();
  std::uint64_t undecryptable() const;    // protected packets that did not open
  std::uint64_t answered_checks() const;  // with a valid integrity of the bridge's

 private:
  class Core;
  std::unique_ptr<Core> core_;
};

}  // namespace sotto::bridge::test
