#include "support/dtls_client.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <cstdlib>
#include <memory>

#include "dtls/srtp_export.h"

namespace sotto::bridge::test {
namespace {

unsigned int never(SSL*, unsigned int) {
  return 3'600'000'000u;
}
int accept_any(X509_STORE_CTX*, void*) {
  return 1;
}

const char* profiles(const std::optional<SrtpProfile>& only) {
  if (!only) return "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80";
  return *only == SrtpProfile::kAeadAes128Gcm ? "SRTP_AEAD_AES_128_GCM" : "SRTP_AES128_CM_SHA1_80";
}

}  // namespace

DtlsClient::DtlsClient(const Options& options) {
  const auto certificate = Certificate::generate();
  const std::unique_ptr<SSL_CTX, OpensslDelete> context(SSL_CTX_new(DTLS_client_method()));
  if (!certificate || !context) std::abort();
  fingerprint_ = certificate->fingerprint();
  SSL_CTX_set_options(context.get(), SSL_OP_NO_QUERY_MTU);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_cert_verify_callback(context.get(), accept_any, nullptr);
  SSL_CTX_set_tlsext_use_srtp(context.get(), profiles(options.only_profile));
  if (options.with_certificate) {
    SSL_CTX_use_certificate(context.get(), certificate->x509.get());
    SSL_CTX_use_PrivateKey(context.get(), certificate->key.get());
  }
  ssl_ = SSL_new(context.get());  // keeps the context
  BIO* bio = bio_.make();
  SSL_set_bio(ssl_, bio, bio);
  SSL_set_mtu(ssl_, DatagramBio::kMtu);
  DTLS_set_timer_cb(ssl_, never);
  SSL_set_connect_state(ssl_);
}

DtlsClient::~DtlsClient() {
  SSL_free(ssl_);
}

void DtlsClient::start(Time now, const Path& path, DatagramQueue& out) {
  started_ = true;
  advance(now, path, out);
}

void DtlsClient::handle_datagram(Time now, const Path& path, ByteView datagram,
                                 DatagramQueue& out) {
  bio_.set_input(datagram);
  advance(now, path, out);
  bio_.clear_input();
}

void DtlsClient::advance(Time now, const Path& path, DatagramQueue& out) {
  ERR_clear_error();
  if (!complete() && !failed_) {
    const int result = SSL_do_handshake(ssl_);
    if (result == 1) {
      const std::unique_ptr<X509, OpensslDelete> server(SSL_get1_peer_certificate(ssl_));
      server_ = fingerprint_of(server.get());
      flight_.stop();
    } else if (SSL_get_error(ssl_, result) != SSL_ERROR_WANT_READ) {
      failed_ = true;
      flight_.stop();
    }
  }
  if (complete()) {
    std::uint8_t ignored[256];
    while (SSL_read(ssl_, ignored, sizeof ignored) > 0) {
    }
    if (SSL_get_shutdown(ssl_) & SSL_RECEIVED_SHUTDOWN) failed_ = true;
  }
  Datagrams output = bio_.take_output();
  if (!output.empty()) flight_.send(now, path, std::move(output), !complete() && !failed_, out);
}

void DtlsClient::handle_timeout(Time now, const Path& path, DatagramQueue& out) {
  flight_.handle_timeout(now, &path, out);
}

void DtlsClient::close(const Path& path, DatagramQueue& out) {
  if (!complete()) return;
  SSL_shutdown(ssl_);
  for (const auto& datagram : bio_.take_output()) out.push(path, datagram);
}

Result<SrtpKeys> DtlsClient::srtp_keys() const {
  if (!complete()) return fail(Error::kWrongState);
  return export_srtp_keys(ssl_, DtlsRole::kClient);
}

}  // namespace sotto::bridge::test
