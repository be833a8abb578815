#include "net/origin.h"

#include <algorithm>
#include <charconv>

namespace sotto::bridge {
namespace {

char lower(char letter) {
  return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
}

bool is_host_letter(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '.' ||
         letter == '-' || letter == '_';
}

bool is_v6_letter(char letter) {
  return (letter >= 'a' && letter <= 'f') || (letter >= '0' && letter <= '9') || letter == ':' ||
         letter == '.';
}

bool valid_host(std::string_view host) {
  if (host.starts_with('[')) {
    return host.size() > 3 && host.ends_with(']') &&
           std::ranges::all_of(host.substr(1, host.size() - 2), is_v6_letter);
  }
  return !host.empty() && host.size() <= 253 && std::ranges::all_of(host, is_host_letter);
}

std::uint16_t default_port(std::string_view scheme) {
  return scheme == "https" ? 443 : 80;
}

}  // namespace

std::optional<Authority> parse_authority(std::string_view text, std::uint16_t default_port) {
  Authority authority{.host = std::string(text), .port = default_port};
  std::ranges::transform(authority.host, authority.host.begin(), lower);
  auto colon = text.rfind(':');
  bool has_port = colon != text.npos && text.find(']', colon) == text.npos;
  if (has_port) {
    std::string_view digits = text.substr(colon + 1);
    auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), authority.port);
    if (error != std::errc() || end != digits.data() + digits.size()) return {};
    authority.host.resize(colon);
  }
  if (!valid_host(authority.host)) return {};
  return authority;
}

std::string Origin::text() const {
  std::string out = scheme + "://" + authority.host;
  if (authority.port != default_port(scheme)) out += ":" + std::to_string(authority.port);
  return out;
}

std::optional<Origin> parse_origin(std::string_view text) {
  Origin origin;
  if (text.starts_with("https://")) {
    origin.scheme = "https";
  } else if (text.starts_with("http://")) {
    origin.scheme = "http";
  } else {
    return {};
  }
  text.remove_prefix(origin.scheme.size() + 3);
  auto authority = parse_authority(text, default_port(origin.scheme));
  if (!authority) return {};
  origin.authority = *authority;
  return origin;
}

bool origin_allowed(std::string_view origin, std::string_view host, bool tls,
                    std::span<const std::string> page_origins) {
  if (origin.empty()) return true;
  auto from = parse_origin(origin);
  if (!from) return false;
  if (std::ranges::find(page_origins, from->text()) != page_origins.end()) return true;
  if (tls && from->scheme != "https") return false;
  auto own = parse_authority(host, default_port(from->scheme));
  return own && *own == from->authority;
}

}  // namespace sotto::bridge
