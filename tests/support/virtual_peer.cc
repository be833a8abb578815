#include "support/virtual_peer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "datagram/classify.h"
#include "datagram/datagram_queue.h"
#include "srtp/srtp_session.h"
#include "stun/message.h"
#include "stun/message_writer.h"
#include "support/dtls_client.h"

namespace sotto::bridge::test {
namespace {

constexpr Duration kFirstCheckInterval = std::chrono::milliseconds(100);
constexpr std::uint32_t kHostPriority = 0x7e7f1eff;

}  // namespace

class VirtualPeer::Core {
 public:
  Core(RandomSource& source, const Options& chosen)
      : random(source),
        options(chosen),
        ice(IceParameters::generate(source)),
        dtls({.only_profile = chosen.only_profile}),
        tie_breaker(source.u64()) {}

  void send_check(Time now) {
    next_check = now + (answered_here ? options.check_interval : kFirstCheckInterval);
    if (!remote || !path) return;
    stun::TransactionId transaction;
    random.fill(transaction);
    std::array<std::uint8_t, 300> buffer;
    stun::MessageWriter check(buffer, stun::kBindingRequest, transaction);
    check.add(stun::kUsername, as_bytes(remote->ufrag + ":" + ice.ufrag));
    check.add_u64(stun::kIceControlling, tie_breaker);
    check.add_u32(stun::kPriority, kHostPriority);
    if (options.repeat_nomination || !answered_here) check.add(stun::kUseCandidate, {});
    check.add_integrity(remote->pwd);
    check.add_fingerprint();
    transactions.push_back(transaction);
    if (transactions.size() > 32) transactions.pop_front();
    emit(*check.finish());
  }

  void handle_stun(Time now, const Path& from, ByteView datagram) {
    const auto answer = stun::Message::parse(datagram);
    if (!answer || answer->type != stun::kBindingSuccess || !remote) return;
    const auto known = std::find(transactions.begin(), transactions.end(), answer->transaction);
    if (known == transactions.end() || !answer->has_integrity(remote->pwd)) return;
    transactions.erase(known);
    ++answered;
    if (from != path) return;
    if (!std::exchange(answered_here, true)) next_check = now + options.check_interval;
    if (!dtls.started()) dtls.start(now, *path, queue);
  }

  void handle_dtls(Time now, ByteView datagram) {
    if (!path) return;
    const bool before = dtls.complete();
    dtls.handle_datagram(now, *path, datagram, queue);
    if (before || !dtls.complete()) return;
    ++handshakes;
    const auto keys = dtls.srtp_keys();
    if (!keys || dtls.server_fingerprint() != expected) {
      wrong_server = true;
      return;
    }
    profile = keys->profile;
    auto session = SrtpSession::create(*keys);
    if (session) srtp = *std::move(session);
  }

  void handle_media(ByteView datagram, bool rtcp) {
    std::vector<std::uint8_t> copy(datagram.begin(), datagram.end());
    if (!srtp) {
      ++undecryptable;
      return;
    }
    const auto plain = rtcp ? srtp->unprotect_rtcp(copy) : srtp->unprotect_rtp(copy);
    if (!plain) {
      ++undecryptable;
      return;
    }
    copy.resize(plain->size());
    received.push_back({rtcp, std::move(copy)});
  }

  bool send(ByteView plain, bool rtcp) {
    if (!srtp || !path) return false;
    std::vector<std::uint8_t> packet(plain.begin(), plain.end());
    packet.resize(plain.size() + SrtpSession::kMaxTrailer);
    const auto size =
        rtcp ? srtp->protect_rtcp(packet, plain.size()) : srtp->protect_rtp(packet, plain.size());
    if (!size) return false;
    emit(ByteView(packet).first(*size));
    return true;
  }

  void emit(ByteView datagram) { outgoing.push_back({*path, {datagram.begin(), datagram.end()}}); }

  // What DTLS has queued.
  void flush() {
    for (const auto& datagram : queue.datagrams()) {
      const ByteView bytes = queue.bytes(datagram);
      outgoing.push_back({datagram.path, {bytes.begin(), bytes.end()}});
    }
    queue.clear();
  }

  RandomSource& random;
  const Options options;
  IceParameters ice;
  DtlsClient dtls;
  const std::uint64_t tie_breaker;

  std::optional<IceParameters> remote;
  std::optional<Fingerprint> expected;
  std::optional<Path> path;
  Time next_check = Time::max();
  bool answered_here = false;  // on the present path, with the present credentials
  std::deque<stun::TransactionId> transactions;

  DatagramQueue queue{64 * 1024, 64};
  std::unique_ptr<SrtpSession> srtp;
  SrtpProfile profile = SrtpProfile::kAeadAes128Gcm;
  bool wrong_server = false;
  std::uint64_t handshakes = 0;
  std::uint64_t answered = 0;
  std::uint64_t undecryptable = 0;
  std::deque<Datagram> outgoing;
  std::deque<Packet> received;
};

VirtualPeer::VirtualPeer(RandomSource& random, Time, const Options& options)
    : core_(std::make_unique<Core>(random, options)) {}
VirtualPeer::~VirtualPeer() = default;
VirtualPeer::VirtualPeer(VirtualPeer&&) noexcept = default;

const IceParameters& VirtualPeer::local_ice() const {
  return core_->ice;
}
const Fingerprint& VirtualPeer::fingerprint() const {
  return core_->dtls.fingerprint();
}

void VirtualPeer::set_remote(const IceParameters& ice, const Fingerprint& bridge) {
  if (core_->remote && *core_->remote != ice) core_->answered_here = false;
  core_->remote = ice;
  core_->expected = bridge;
}

void VirtualPeer::restart_ice() {
  core_->ice = IceParameters::generate(core_->random);
}

void VirtualPeer::use_path(Time now, const Path& path) {
  core_->path = path;
  core_->answered_here = false;
  core_->send_check(now);
}

void VirtualPeer::handle_datagram(Time now, const Path& path, ByteView datagram) {
  switch (classify(datagram)) {
    case DatagramKind::kStun:
      core_->handle_stun(now, path, datagram);
      break;
    case DatagramKind::kDtls:
      core_->handle_dtls(now, datagram);
      break;
    case DatagramKind::kRtp:
      core_->handle_media(datagram, false);
      break;
    case DatagramKind::kRtcp:
      core_->handle_media(datagram, true);
      break;
    case DatagramKind::kUnknown:
      break;
  }
  core_->flush();
}

void VirtualPeer::handle_timeout(Time now) {
  if (now >= core_->next_check) core_->send_check(now);
  if (core_->path) core_->dtls.handle_timeout(now, *core_->path, core_->queue);
  core_->flush();
}

Time VirtualPeer::next_timeout() const {
  return std::min(core_->next_check, core_->dtls.next_timeout());
}

bool VirtualPeer::secure() const {
  return core_->srtp && core_->answered_here;
}
bool VirtualPeer::failed() const {
  return core_->dtls.failed() || core_->wrong_server;
}
SrtpProfile VirtualPeer::profile() const {
  return core_->profile;
}
std::uint64_t VirtualPeer::handshakes_completed() const {
  return core_->handshakes;
}

bool VirtualPeer::send_rtp(Time, ByteView plain) {
  return core_->send(plain, false);
}
bool VirtualPeer::send_rtcp(Time, ByteView plain) {
  return core_->send(plain, true);
}

void VirtualPeer::close() {
  if (core_->path) core_->dtls.close(*core_->path, core_->queue);
  core_->flush();
}

std::deque<VirtualPeer::Datagram>& VirtualPeer::outgoing() {
  return core_->outgoing;
}
std::deque<VirtualPeer::Packet>& VirtualPeer::received() {
  return core_->received;
}
std::uint64_t VirtualPeer::undecryptable() const {
  return core_->undecryptable;
}
std::uint64_t VirtualPeer::answered_checks() const {
  return core_->answered;
}

}  // namespace sotto::bridge::test
