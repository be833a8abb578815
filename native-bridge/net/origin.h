// Which pages may open a WebSocket (RFC 6454 origins, RFC 6455 section 10.2). Browsers always
// send Origin and pages cannot forge it; other clients may leave it out.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sotto::bridge {

// A host with a port, as in a Host header.
struct Authority {
  std::string host;  // lower case; IPv6 in brackets
  std::uint16_t port = 0;
  friend bool operator==(const Authority&, const Authority&) = default;
};

// "example.org", "example.org:8080", "[::1]:8080". Only characters that a host can have: the
// result may be written into a header.
std::optional<Authority> parse_authority(std::string_view text, std::uint16_t default_port);

struct Origin {
  std::string scheme;  // "http" or "https"
  Authority authority;
  std::string text() const;  // without a default port
  friend bool operator==(const Origin&, const Origin&) = default;
};

// Nothing for "null", other schemes, a path, user information.
std::optional<Origin> parse_origin(std::string_view text);

// `origin` and `host` are the request's headers, `origin` empty when absent. Behind TLS of our own
// only https is the same origin; without, a proxy may speak TLS for us, so both schemes are.
bool origin_allowed(std::string_view origin, std::string_view host, bool tls,
                    std::span<const std::string> page_origins);

}  // namespace sotto::bridge
