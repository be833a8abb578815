#include "dtls/server_session.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cassert>
#include <memory>
#include <utility>

#include "dtls/certificate.h"
#include "dtls/record.h"
#include "dtls/srtp_export.h"

namespace sotto::bridge {
namespace {

// An hour, by OpenSSL's clock: never (flight.h).
unsigned int never(SSL*, unsigned int) {
  return 3'600'000'000u;
}

}  // namespace

DtlsServerSession::DtlsServerSession(const Identity& identity)
    : ssl_(SSL_new(identity.server_context())) {
  assert(ssl_);
  BIO* bio = bio_.make();
  SSL_set_bio(ssl_, bio, bio);
  SSL_set_mtu(ssl_, DatagramBio::kMtu);
  DTLS_set_timer_cb(ssl_, never);
  SSL_set_accept_state(ssl_);
}

DtlsServerSession::~DtlsServerSession() {
  SSL_free(ssl_);
}

void DtlsServerSession::set_peer_fingerprint(const Fingerprint& fingerprint) {
  expected_ = fingerprint;
  if (state_ == State::kUnverified || state_ == State::kEstablished) verify();
}

void DtlsServerSession::handle_datagram(Time now, const Path& path, ByteView datagram,
                                        DatagramQueue& out) {
  if (state_ == State::kClosed || state_ == State::kFailed) return;
  const bool was_complete = state_ != State::kHandshaking;
  bio_.set_input(datagram);
  ERR_clear_error();
  advance();
  bio_.clear_input();
  // A stranger's handshake may have completed: tell it that nothing will follow.
  if (state_ == State::kFailed && SSL_is_init_finished(ssl_)) SSL_shutdown(ssl_);
  if (state_ != State::kHandshaking) flight_.stop();

  Datagrams output = bio_.take_output();
  if (!output.empty()) {
    flight_.send(now, path, std::move(output), state_ == State::kHandshaking, out);
  } else if (was_complete && has_plain_handshake(datagram)) {
    flight_.repeat(now, path, out);
  }
}

void DtlsServerSession::advance() {
  if (state_ == State::kHandshaking) {
    const int result = SSL_do_handshake(ssl_);
    if (result == 1) {
      finish_handshake();
    } else if (SSL_get_error(ssl_, result) != SSL_ERROR_WANT_READ) {
      state_ = (SSL_get_shutdown(ssl_) & SSL_RECEIVED_SHUTDOWN) ? State::kClosed : State::kFailed;
    }
    if (state_ != State::kUnverified && state_ != State::kEstablished) return;
  }
  // No application data is expected; reading is what makes OpenSSL see alerts and repetitions.
  // Errors other than the peer's goodbye do not end an association that carries media.
  std::uint8_t ignored[256];
  while (SSL_read(ssl_, ignored, sizeof ignored) > 0) {
  }
  if (SSL_get_shutdown(ssl_) & SSL_RECEIVED_SHUTDOWN) state_ = State::kClosed;
}

void DtlsServerSession::finish_handshake() {
  const std::unique_ptr<X509, OpensslDelete> certificate(SSL_get1_peer_certificate(ssl_));
  if (!certificate) {
    state_ = State::kFailed;
    return;
  }
  peer_ = fingerprint_of(certificate.get());
  state_ = State::kUnverified;
  if (expected_) verify();
}

void DtlsServerSession::verify() {
  state_ = *expected_ == *peer_ ? State::kEstablished : State::kFailed;
}

void DtlsServerSession::handle_timeout(Time now, const Path* path, DatagramQueue& out) {
  flight_.handle_timeout(now, path, out);
}

void DtlsServerSession::close(const Path* path, DatagramQueue& out) {
  flight_.stop();
  const bool complete = state_ == State::kUnverified || state_ == State::kEstablished;
  state_ = State::kClosed;
  if (!complete) return;
  ERR_clear_error();
  SSL_shutdown(ssl_);
  for (const auto& datagram : bio_.take_output()) {
    if (path) out.push(*path, datagram);
  }
}

Result<SrtpKeys> DtlsServerSession::srtp_keys() const {
  if (state_ != State::kEstablished) return fail(Error::kWrongState);
  return export_srtp_keys(ssl_, DtlsRole::kServer);
}

}  // namespace sotto::bridge
