// The bridge's DTLS certificate: self-made, ECDSA on P-256, trusted by nobody but through its
// fingerprint in the SDP. One for the process; every connection's handshake is made from its one
// SSL_CTX.
#pragma once

#include <memory>

#include "dtls/fingerprint.h"

struct ssl_ctx_st;

namespace sotto::bridge {

class Identity {
 public:
  // Makes a fresh key with OpenSSL's random generator. Start-up only: throws std::runtime_error
  // when OpenSSL cannot.
  Identity();
  ~Identity();
  Identity(const Identity&) = delete;
  Identity& operator=(const Identity&) = delete;

  const Fingerprint& fingerprint() const { return fingerprint_; }
  // The server side: DTLS 1.2, a client certificate required, use_srtp. Used by dtls/ alone.
  ssl_ctx_st* server_context() const { return context_; }

 private:
  ssl_ctx_st* context_ = nullptr;
  Fingerprint fingerprint_;
};

}  // namespace sotto::bridge
