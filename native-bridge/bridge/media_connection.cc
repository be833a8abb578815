#include "bridge/media_connection.h"

#include <string_view>

namespace sotto::bridge {
namespace {

constexpr std::string_view kHash = "sha-256 ";

}  // namespace

MediaConnection::MediaConnection(Endpoint& endpoint, Connection kind, const Identity& identity,
                                 RandomSource& random, TimerQueue& timers, Time now)
    : transport(identity, random, now),
      timer(timers, this),
      endpoint_(endpoint),
      kind_(kind),
      fingerprint_text_(std::string(kHash) + identity.fingerprint().text()),
      // RFC 8829 section 5.2.1: below 2^63 - 1; 62 bits leave no doubt.
      session_id_(random.u64() >> 2) {}

sdp::LocalTransport MediaConnection::next_description(
    const std::vector<CandidateAddress>& candidates) {
  sdp::LocalTransport local;
  local.ufrag = transport.local_ice().ufrag;
  local.password = transport.local_ice().pwd;
  local.fingerprint = fingerprint_text_;
  local.session_id = session_id_;
  local.session_version = ++session_version_;
  for (const CandidateAddress& candidate : candidates) {
    local.addresses.push_back(
        {candidate.address.ip_text(), candidate.address.port(), true, candidate.tcp});
  }
  return local;
}

Result<Fingerprint> MediaConnection::fingerprint_of(const sdp::RemoteTransport& remote) {
  const std::string_view text = remote.fingerprint;
  if (!text.starts_with(kHash)) return fail(Error::kMalformed);
  return Fingerprint::from_text(text.substr(kHash.size()));
}

void MediaConnection::set_remote(const IceParameters& ice, const Fingerprint& fingerprint) {
  remote_fingerprint_ = fingerprint;
  transport.set_remote(ice, fingerprint);
}

}  // namespace sotto::bridge
