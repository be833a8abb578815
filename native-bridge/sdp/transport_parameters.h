// ICE and DTLS in SDP (RFC 8839, RFC 8842, RFC 8122): the bridge's side and the client's.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sdp/session_description.h"

namespace sotto::bridge::sdp {

// One address and port on which the bridge answers: as UDP, as passive TCP, or both.
struct HostAddress {
  std::string address;  // numeric
  std::uint16_t port = 0;
  bool udp = true;
  bool tcp = true;
};

struct LocalTransport {
  std::string ufrag;
  std::string password;
  std::string fingerprint;  // "sha-256 AB:CD:..."
  std::vector<HostAddress> addresses;
  std::uint64_t session_id = 1;       // of the o= line: the same for the connection's life
  std::uint64_t session_version = 1;  // of the o= line: higher with every new description
};

enum class Setup : std::uint8_t { kActive, kPassive, kActpass };

struct RemoteTransport {
  std::string ufrag;
  std::string password;
  std::string fingerprint;  // "sha-256 AB:CD:...", upper case, checked for its length
  Setup setup = Setup::kActpass;
};

// From `media`, or from the session where the m-line lacks one.
Parsed<RemoteTransport> read_transport(const SessionDescription& session,
                                       const MediaDescription& media);

// a=ice-ufrag, ice-pwd, fingerprint, setup.
void add_transport(Attributes& attributes, const LocalTransport& local, std::string_view setup);
// a=candidate lines, highest priority first, and a=end-of-candidates. UDP is preferred to TCP and
// earlier addresses to later ones.
void add_candidates(Attributes& attributes, const LocalTransport& local);

}  // namespace sotto::bridge::sdp
