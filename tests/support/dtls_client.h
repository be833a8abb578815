// A DTLS 1.2 client with a certificate of its own, in virtual time: what a browser is to the
// bridge.
#pragma once

#include <optional>

#include "datagram/datagram_queue.h"
#include "dtls/certificate.h"
#include "dtls/datagram_bio.h"
#include "dtls/flight.h"
#include "srtp/srtp_keys.h"

struct ssl_st;

namespace sotto::bridge::test {

class DtlsClient {
 public:
  struct Options {
    std::optional<SrtpProfile> only_profile;  // otherwise both, AEAD_AES_128_GCM first
    bool with_certificate = true;
  };

  explicit DtlsClient(const Options& options);
  ~DtlsClient();
  DtlsClient(const DtlsClient&) = delete;
  DtlsClient& operator=(const DtlsClient&) = delete;

  const Fingerprint& fingerprint() const { return fingerprint_; }
  // Of the server's certificate, once the handshake is complete.
  const std::optional<Fingerprint>& server_fingerprint() const { return server_; }

  void start(Time now, const Path& path, DatagramQueue& out);
  void handle_datagram(Time now, const Path& path, ByteView datagram, DatagramQueue& out);
  void handle_timeout(Time now, const Path& path, DatagramQueue& out);
  Time next_timeout() const { return flight_.next_timeout(); }
  void close(const Path& path, DatagramQueue& out);

  bool started() const { return started_; }
  bool complete() const { return server_.has_value(); }
  bool failed() const { return failed_; }  // an alert, close_notify or a failed handshake
  Result<SrtpKeys> srtp_keys() const;

 private:
  void advance(Time now, const Path& path, DatagramQueue& out);

  Fingerprint fingerprint_;
  DatagramBio bio_;
  Flight flight_;
  ssl_st* ssl_ = nullptr;
  bool started_ = false;
  bool failed_ = false;
  std::optional<Fingerprint> server_;
};

}  // namespace sotto::bridge::test
