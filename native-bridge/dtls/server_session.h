// The DTLS 1.2 server side of one association (RFC 6347), for its SRTP keys (RFC 5764).
//
// Its caller lets in only whoever has the ICE password, so there is no cookie exchange; and it may
// be called before the peer's fingerprint is known, when the peer's first flight overtakes its SDP:
// the handshake then runs, and state() stays kUnverified until set_peer_fingerprint().
//
// Time: OpenSSL's DTLS timer reads its own clock, which cores must not. flight.h says how
// retransmission works instead; OpenSSL's timer is set so that it never fires.
#pragma once

#include <memory>
#include <optional>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"
#include "datagram/datagram_queue.h"
#include "datagram/path.h"
#include "dtls/datagram_bio.h"
#include "dtls/fingerprint.h"
#include "dtls/flight.h"
#include "dtls/identity.h"
#include "srtp/srtp_keys.h"

struct ssl_st;

namespace sotto::bridge {

class DtlsServerSession {
 public:
  enum class State {
    kHandshaking,
    kUnverified,   // complete, but the peer's fingerprint is not known yet
    kEstablished,  // complete, the certificate is the one of the SDP
    kClosed,       // close_notify or an alert from the peer
    kFailed,       // the handshake or the fingerprint is wrong
  };

  explicit DtlsServerSession(const Identity& identity);
  ~DtlsServerSession();
  DtlsServerSession(const DtlsServerSession&) = delete;
  DtlsServerSession& operator=(const DtlsServerSession&) = delete;

  void set_peer_fingerprint(const Fingerprint& fingerprint);
  // One datagram, with one or more records.
  void handle_datagram(Time now, const Path& path, ByteView datagram, DatagramQueue& out);
  // Sends the flight again if its time has come. `path` null: there is nowhere to send to now.
  void handle_timeout(Time now, const Path* path, DatagramQueue& out);
  Time next_timeout() const { return flight_.next_timeout(); }
  void close(const Path* path, DatagramQueue& out);

  State state() const { return state_; }
  // kWrongState unless established; kUnsupported when the peer offered no profile of ours.
  Result<SrtpKeys> srtp_keys() const;

 private:
  void advance();
  void verify();
  void finish_handshake();

  DatagramBio bio_;
  Flight flight_;
  ssl_st* ssl_ = nullptr;
  State state_ = State::kHandshaking;
  std::optional<Fingerprint> expected_;
  std::optional<Fingerprint> peer_;
};

}  // namespace sotto::bridge
