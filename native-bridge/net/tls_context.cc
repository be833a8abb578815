#include "net/tls_context.h"

#include <openssl/ssl.h>

namespace sotto::bridge {
namespace {

namespace ssl = boost::asio::ssl;

// Browsers ask for h2 first; a WebSocket upgrade needs HTTP/1.1.
int choose_http1(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* in,
                 unsigned in_size, void*) {
  static constexpr unsigned char kHttp1[] = "\x08http/1.1";
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, out_size, kHttp1, sizeof(kHttp1) - 1, in, in_size) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_NOACK;
  }
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

std::variant<TlsContext, std::string> load_tls(const std::string& cert_file,
                                               const std::string& key_file) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  SSL_CTX* native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(
      native, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_cipher_list(native, "ECDHE+AESGCM:ECDHE+CHACHA20");
  // Idle connections give their buffers back: there may be thousands.
  SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(native, choose_http1, nullptr);
  boost::system::error_code error;
  context->use_certificate_chain_file(cert_file, error);
  if (error) return "--tls-cert: cannot use '" + cert_file + "': " + error.message();
  context->use_private_key_file(key_file, ssl::context::pem, error);
  if (error) return "--tls-key: cannot use '" + key_file + "': " + error.message();
  if (SSL_CTX_check_private_key(native) != 1) {
    return "the key in '" + key_file + "' does not belong to the certificate in '" + cert_file +
           "'";
  }
  return context;
}

}  // namespace sotto::bridge
