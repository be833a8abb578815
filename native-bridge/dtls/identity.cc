#include "dtls/identity.h"

#include <openssl/ssl.h>

#include <stdexcept>

#include "dtls/certificate.h"

namespace sotto::bridge {
namespace {

// All with forward secrecy and AEAD, but the CBC ones at the end, which RFC 8827 section 6.5 has
// implementations of its time offer.
constexpr char kCiphers[] =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-AES128-SHA";
constexpr char kGroups[] = "X25519:P-256";
constexpr char kProfiles[] = "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80";
// A peer's certificate is one, self-signed and small; this bounds what is reassembled for it.
constexpr long kMaxCertificate = 16 * 1024;

// Any certificate that proves possession of its key: the session compares its fingerprint.
int accept_any(X509_STORE_CTX*, void*) {
  return 1;
}

bool configure(SSL_CTX* context, const Certificate& certificate) {
  SSL_CTX_set_options(context, SSL_OP_NO_QUERY_MTU | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET |
                                   SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  SSL_CTX_set_cert_verify_callback(context, accept_any, nullptr);
  SSL_CTX_set_max_cert_list(context, kMaxCertificate);
  SSL_CTX_set_read_ahead(context, 1);
  return SSL_CTX_set_min_proto_version(context, DTLS1_2_VERSION) == 1 &&
         SSL_CTX_set_max_proto_version(context, DTLS1_2_VERSION) == 1 &&
         SSL_CTX_set_cipher_list(context, kCiphers) == 1 &&
         SSL_CTX_set1_groups_list(context, kGroups) == 1 &&
         SSL_CTX_set_tlsext_use_srtp(context, kProfiles) == 0 &&  // this one returns 0 for success
         SSL_CTX_use_certificate(context, certificate.x509.get()) == 1 &&
         SSL_CTX_use_PrivateKey(context, certificate.key.get()) == 1;
}

}  // namespace

Identity::Identity() {
  const auto certificate = Certificate::generate();
  std::unique_ptr<SSL_CTX, OpensslDelete> context(SSL_CTX_new(DTLS_server_method()));
  if (!certificate || !context || !configure(context.get(), *certificate)) {
    throw std::runtime_error("OpenSSL cannot make the DTLS identity");
  }
  fingerprint_ = certificate->fingerprint();
  context_ = context.release();
}

Identity::~Identity() {
  SSL_CTX_free(context_);
}

}  // namespace sotto::bridge
