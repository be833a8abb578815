#include "transport/transport.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

#include "datagram/classify.h"

namespace sotto::bridge {

Transport::Transport(const Identity& identity, RandomSource& random, Time)
    : ice_(random), dtls_(identity) {}

Transport::~Transport() = default;

void Transport::set_remote(const IceParameters& remote, const Fingerprint& fingerprint) {
  remote_ice_ = remote;
  if (failed_) return;
  dtls_.set_peer_fingerprint(fingerprint);
  follow_handshake();
}

void Transport::restart_ice(const IceParameters& remote) {
  remote_ice_ = remote;
  ice_.prepare_restart();
}

Transport::Received Transport::handle_datagram(Time now, const Path& path, MutableBytes datagram,
                                               DatagramQueue& out) {
  if (failed_) return {};
  switch (classify(datagram)) {
    case DatagramKind::kStun:
      ice_.handle_datagram(now, path, datagram, out);
      follow_consent();
      return {};
    case DatagramKind::kDtls:
      if (!ice_.is_valid(path)) {
        ++counters_.refused;
        return {};
      }
      dtls_.handle_datagram(now, path, datagram, out);
      follow_handshake();
      return {};
    case DatagramKind::kRtp:
      return unprotect(path, datagram, false);
    case DatagramKind::kRtcp:
      return unprotect(path, datagram, true);
    case DatagramKind::kUnknown:
      break;
  }
  return {};
}

Transport::Received Transport::unprotect(const Path& path, MutableBytes datagram, bool rtcp) {
  const Path* selected = ice_.selected_path();
  const bool known = (selected && *selected == path) || ice_.is_valid(path);
  if (!srtp_ || !known) {
    ++counters_.refused;
    return {};
  }
  const auto plain = rtcp ? srtp_->unprotect_rtcp(datagram) : srtp_->unprotect_rtp(datagram);
  if (!plain) {
    ++(plain.error() == Error::kReplayed ? counters_.replayed : counters_.unauthenticated);
    return {};
  }
  ++(rtcp ? counters_.received_rtcp : counters_.received_rtp);
  return {rtcp ? Received::Kind::kRtcp : Received::Kind::kRtp, *plain};
}

void Transport::handle_timeout(Time now, DatagramQueue& out) {
  if (failed_) return;
  ice_.handle_timeout(now);
  follow_consent();
  dtls_.handle_timeout(now, ice_.selected_path(), out);
}

Time Transport::next_timeout() const {
  return failed_ ? Time::max() : std::min(ice_.next_timeout(), dtls_.next_timeout());
}

void Transport::handle_path_closed(Time now, const Path& path) {
  ice_.forget(path);
  ice_.handle_timeout(now);
  follow_consent();
}

MutableBytes Transport::begin_packet(DatagramQueue& out, std::size_t max_plain) {
  reserved_ = {};
  if (!connected()) return {};
  reserved_ = out.reserve(max_plain + SrtpSession::kMaxTrailer);
  return reserved_.empty() ? MutableBytes{} : reserved_.first(max_plain);
}

bool Transport::finish(std::size_t plain_size, DatagramQueue& out, bool rtcp) {
  assert(plain_size + SrtpSession::kMaxTrailer <= reserved_.size() || reserved_.empty());
  if (reserved_.empty()) return false;
  const auto size =
      rtcp ? srtp_->protect_rtcp(reserved_, plain_size) : srtp_->protect_rtp(reserved_, plain_size);
  reserved_ = {};
  if (!size) return false;
  out.commit(*ice_.selected_path(), *size);
  ++(rtcp ? counters_.sent_rtcp : counters_.sent_rtp);
  return true;
}

bool Transport::finish_rtp(std::size_t plain_size, DatagramQueue& out) {
  return finish(plain_size, out, false);
}

bool Transport::finish_rtcp(std::size_t plain_size, DatagramQueue& out) {
  return finish(plain_size, out, true);
}

bool Transport::send(Time now, ByteView plain, DatagramQueue& out, bool rtcp) {
  ice_.handle_timeout(now);
  follow_consent();
  const MutableBytes room = begin_packet(out, plain.size());
  if (room.empty()) return false;
  std::memcpy(room.data(), plain.data(), plain.size());
  return finish(plain.size(), out, rtcp);
}

bool Transport::send_rtp(Time now, ByteView plain, DatagramQueue& out) {
  return send(now, plain, out, false);
}

bool Transport::send_rtcp(Time now, ByteView plain, DatagramQueue& out) {
  return send(now, plain, out, true);
}

void Transport::close(DatagramQueue& out) {
  if (failed_) return;
  dtls_.close(ice_.selected_path(), out);
  failed_ = true;
}

void Transport::follow_handshake() {
  using State = DtlsServerSession::State;
  const State state = dtls_.state();
  if (state == State::kClosed || state == State::kFailed) return fail();
  if (state != State::kEstablished || srtp_) return;
  const auto keys = dtls_.srtp_keys();
  if (!keys) return fail();
  auto session = SrtpSession::create(*keys);
  if (!session) return fail();
  srtp_ = *std::move(session);
  follow_consent();
}

void Transport::follow_consent() {
  const bool consent = ice_.selected_path() != nullptr;
  if (!secure()) return;
  if (!announced_) {
    if (!consent) return;
    announced_ = true;
    events_.push_back(Event::kConnected);
  } else if (consent != consent_) {
    events_.push_back(consent ? Event::kReconnected : Event::kDisconnected);
  }
  consent_ = consent;
}

void Transport::fail() {
  if (failed_) return;
  failed_ = true;
  events_.push_back(Event::kFailed);
}

std::optional<Transport::Event> Transport::poll_event() {
  if (events_.empty()) return std::nullopt;
  const Event event = events_.front();
  events_.erase(events_.begin());
  return event;
}

}  // namespace sotto::bridge
