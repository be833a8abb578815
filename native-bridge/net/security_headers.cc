#include "net/security_headers.h"

#include "net/origin.h"

namespace sotto::bridge {
namespace {

std::string connect_sources(std::string_view host, bool tls) {
  auto authority = parse_authority(host, 0);
  if (!authority) return "'self'";
  std::string own = authority->host;
  if (authority->port != 0) own += ":" + std::to_string(authority->port);
  // Without TLS of ours a proxy may add it, so wss: is right either way.
  return "'self' wss://" + own + (tls ? "" : " ws://" + own);
}

bool is_localhost(std::string_view host) {
  auto authority = parse_authority(host, 0);
  return !authority || authority->host == "localhost" || authority->host.ends_with(".localhost");
}

}  // namespace

HeaderList security_headers(std::string_view host, bool tls) {
  HeaderList headers = {
      {"Content-Security-Policy",
       "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; "
       "connect-src " +
           connect_sources(host, tls) +
           "; img-src 'self' data:; media-src 'self' blob:; style-src 'self'; object-src 'none'; "
           "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Embedder-Policy", "require-corp"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy",
       "camera=(self), microphone=(self), display-capture=(self), geolocation=(), usb=(), "
       "payment=()"},
      {"Referrer-Policy", "no-referrer"},
      {"X-Content-Type-Options", "nosniff"},
  };
  // Not for localhost, where it would lock other programs' plain ports as well.
  if (tls && !is_localhost(host)) {
    headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
  }
  return headers;
}

}  // namespace sotto::bridge
