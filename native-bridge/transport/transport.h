// One PeerConnection's wire: ICE-lite, DTLS server and SRTP on one set of paths.
//
// Sans-I/O: call handle_datagram() for what arrives on a path that belongs here (the shell knows
// new ones by stun::local_ufrag), handle_timeout() when next_timeout() has come; what is to be sent
// lands in the DatagramQueue; drain poll_event() after either.
//
// Nothing is sent without consent: no DTLS before a valid ICE check, no media before the peer's
// certificate has matched the fingerprint of its SDP, nothing 30 s after the last valid check.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"
#include "base/time.h"
#include "datagram/datagram_queue.h"
#include "datagram/path.h"
#include "dtls/fingerprint.h"
#include "dtls/identity.h"
#include "dtls/server_session.h"
#include "ice/ice_parameters.h"
#include "ice/lite_agent.h"
#include "srtp/srtp_session.h"
#include "transport/transport_counters.h"

namespace sotto::bridge {

class Transport {
 public:
  enum class Event {
    kConnected,     // media may flow: ICE, DTLS and the fingerprint agree. Once.
    kDisconnected,  // no consent for 30 s: nothing is sent
    kReconnected,   // a valid check came again; same keys, no new handshake
    kFailed,        // wrong fingerprint, a DTLS alert or close_notify: for good
  };

  // `identity` and `random` outlive it.
  Transport(const Identity& identity, RandomSource& random, Time now);
  ~Transport();

  // What goes into our next SDP. The ufrag is unique: route new paths by it.
  const IceParameters& local_ice() const { return ice_.local(); }
  bool answers_to(std::string_view ufrag) const { return ice_.answers_to(ufrag); }

  // From the peer's SDP. Checks and the handshake may come earlier; media waits for this. A later
  // call with another fingerprint, on an established association, fails the transport.
  void set_remote(const IceParameters& remote, const Fingerprint& fingerprint);
  // To tell a restart (RFC 8445 section 9) from a renegotiation; empty before set_remote().
  const std::optional<IceParameters>& remote_ice() const { return remote_ice_; }
  // The peer's offer restarts ICE: new local credentials for the answer. The old pair carries media
  // until checks arrive on the new ones.
  void restart_ice(const IceParameters& remote);
  // The bridge's own offer restarts ICE; set_remote() with the answer follows.
  void prepare_restart() { ice_.prepare_restart(); }

  struct Received {
    enum class Kind { kNone, kRtp, kRtcp } kind = Kind::kNone;
    MutableBytes packet;  // plain, within the datagram
  };
  // Decrypts in place.
  Received handle_datagram(Time now, const Path& path, MutableBytes datagram, DatagramQueue& out);
  void handle_timeout(Time now, DatagramQueue& out);
  Time next_timeout() const;  // Time::max() when none
  // The TCP connection behind `path` is closed.
  void handle_path_closed(Time now, const Path& path);

  // Copies the plain packet into the queue and protects it there. False when it was not sent: no
  // consent, not secure, no room, or an (SSRC, sequence number) that was already used.
  bool send_rtp(Time now, ByteView plain, DatagramQueue& out);
  bool send_rtcp(Time now, ByteView plain, DatagramQueue& out);
  // The same without the copy: write at most `max_plain` bytes into the result (empty when nothing
  // can be sent), then finish. Nothing else may touch the queue in between.
  MutableBytes begin_packet(DatagramQueue& out, std::size_t max_plain);
  bool finish_rtp(std::size_t plain_size, DatagramQueue& out);
  bool finish_rtcp(std::size_t plain_size, DatagramQueue& out);

  // Says close_notify, so that the peer need not wait for a timeout. Nothing is sent afterwards.
  void close(DatagramQueue& out);

  std::optional<Event> poll_event();
  bool connected() const { return secure() && ice_.selected_path() != nullptr; }
  bool secure() const { return srtp_ != nullptr && !failed_; }
  bool failed() const { return failed_; }
  // Where media goes; null before the first valid check and while there is no consent.
  const Path* selected_path() const { return ice_.selected_path(); }
  // An authentic check has come by this path: the peer is really there.
  bool is_valid_path(const Path& path) const { return ice_.is_valid(path); }
  const TransportCounters& counters() const { return counters_; }

 private:
  Received unprotect(const Path& path, MutableBytes datagram, bool rtcp);
  bool finish(std::size_t plain_size, DatagramQueue& out, bool rtcp);
  bool send(Time now, ByteView plain, DatagramQueue& out, bool rtcp);
  void follow_handshake();
  void follow_consent();
  void fail();

  LiteAgent ice_;
  DtlsServerSession dtls_;
  std::unique_ptr<SrtpSession> srtp_;
  std::optional<IceParameters> remote_ice_;
  std::vector<Event> events_;
  MutableBytes reserved_;
  bool announced_ = false;  // kConnected was
  bool consent_ = false;    // as last announced
  bool failed_ = false;
  TransportCounters counters_;
};

}  // namespace sotto::bridge
