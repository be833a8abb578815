#include "sdp/transport_parameters.h"

#include <algorithm>

#include "sdp/tokens.h"

namespace sotto::bridge::sdp {

namespace {

constexpr std::size_t kMinUfrag = 4;
constexpr std::size_t kMinPassword = 22;
constexpr std::size_t kMaxCredential = 256;
constexpr std::size_t kSha256Text = 32 * 3 - 1;

const std::string* find(const SessionDescription& session, const MediaDescription& media,
                        std::string_view name) {
  const std::string* value = media.attributes.find(name);
  return value != nullptr ? value : session.attributes.find(name);
}

bool is_ice_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
         c == '/';
}

// ice-char of RFC 8839; also '-' and '_', which some clients write.
bool is_credential(std::string_view text, std::size_t minimum) {
  return text.size() >= minimum && text.size() <= kMaxCredential &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_ice_character(c) || c == '-' || c == '_'; });
}

// "sha-256 AB:CD:..." in upper case, or "" when it is another hash or malformed.
std::string sha256_fingerprint(std::string_view value) {
  const Halves halves = cut(value, ' ');
  if (!equal_ignoring_case(halves.first, "sha-256")) return {};
  std::string text(halves.rest.substr(0, halves.rest.find_last_not_of(' ') + 1));
  if (text.size() != kSha256Text) return {};
  for (std::size_t i = 0; i < text.size(); ++i) {
    char& c = text[i];
    if (c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
    const bool digit = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
    if (i % 3 == 2 ? c != ':' : !digit) return {};
  }
  return "sha-256 " + text;
}

// The m-line's fingerprints, or the session's where it has none.
std::string read_fingerprint(const SessionDescription& session, const MediaDescription& media) {
  const Attributes& attributes =
      media.attributes.has("fingerprint") ? media.attributes : session.attributes;
  for (const Attribute& attribute : attributes.list) {
    if (attribute.name != "fingerprint") continue;
    std::string fingerprint = sha256_fingerprint(attribute.value);
    if (!fingerprint.empty()) return fingerprint;
  }
  return {};
}

constexpr std::uint32_t kUdpPreference = 126;
constexpr std::uint32_t kTcpPreference = 90;
constexpr std::uint32_t kComponent = 1;

// RFC 8445 section 5.1.2.1.
std::uint32_t priority(std::uint32_t type_preference, std::size_t index) {
  const auto local = static_cast<std::uint32_t>(65535 - std::min<std::size_t>(index, 65535));
  return type_preference << 24 | local << 8 | (256 - kComponent);
}

std::string candidate(const HostAddress& host, bool tcp, std::size_t index) {
  const std::uint32_t preference = tcp ? kTcpPreference : kUdpPreference;
  std::string text = std::to_string(2 * index + (tcp ? 2 : 1)) + " 1 ";
  text += (tcp ? "tcp " : "udp ") + std::to_string(priority(preference, index)) + " " +
          host.address + " " + std::to_string(host.port) + " typ host";
  if (tcp) text += " tcptype passive";
  return text;
}

}  // namespace

Parsed<RemoteTransport> read_transport(const SessionDescription& session,
                                       const MediaDescription& media) {
  RemoteTransport remote;
  const std::string* ufrag = find(session, media, "ice-ufrag");
  const std::string* password = find(session, media, "ice-pwd");
  if (ufrag == nullptr || !is_credential(*ufrag, kMinUfrag)) {
    return SdpError{"a=ice-ufrag is missing or malformed"};
  }
  if (password == nullptr || !is_credential(*password, kMinPassword)) {
    return SdpError{"a=ice-pwd is missing or malformed"};
  }
  remote.ufrag = *ufrag;
  remote.password = *password;
  remote.fingerprint = read_fingerprint(session, media);
  if (remote.fingerprint.empty()) return SdpError{"a=fingerprint with sha-256 is missing"};
  const std::string* setup = find(session, media, "setup");
  if (setup == nullptr) return SdpError{"a=setup is missing"};
  if (*setup == "active") {
    remote.setup = Setup::kActive;
  } else if (*setup == "passive") {
    remote.setup = Setup::kPassive;
  } else if (*setup == "actpass") {
    remote.setup = Setup::kActpass;
  } else {
    return SdpError{"a=setup must be active, passive or actpass"};
  }
  return remote;
}

void add_transport(Attributes& attributes, const LocalTransport& local, std::string_view setup) {
  attributes.add("ice-ufrag", local.ufrag);
  attributes.add("ice-pwd", local.password);
  attributes.add("fingerprint", local.fingerprint);
  attributes.add("setup", std::string(setup));
}

void add_candidates(Attributes& attributes, const LocalTransport& local) {
  for (const bool tcp : {false, true}) {
    for (std::size_t i = 0; i < local.addresses.size(); ++i) {
      const HostAddress& host = local.addresses[i];
      if (tcp ? host.tcp : host.udp) attributes.add("candidate", candidate(host, tcp, i));
    }
  }
  attributes.add("end-of-candidates");
}

}  // namespace sotto::bridge::sdp
