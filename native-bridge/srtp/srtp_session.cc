#include "srtp/srtp_session.h"

#include <srtp2/srtp.h>

#include <algorithm>
#include <cassert>
#include <mutex>

#include "base/byte_reader.h"

namespace sotto::bridge {
namespace {

constexpr std::size_t kRtpHeader = 12;
constexpr std::size_t kRtcpHeader = 8;

Error error_of(srtp_err_status_t status) {
  switch (status) {
    case srtp_err_status_replay_fail:
    case srtp_err_status_replay_old:
      return Error::kReplayed;
    case srtp_err_status_auth_fail:
    case srtp_err_status_cipher_fail:
      return Error::kUnauthenticated;
    case srtp_err_status_key_expired:
    case srtp_err_status_alloc_fail:
      return Error::kExhausted;
    default:
      return Error::kMalformed;
  }
}

bool start_library() {
  static std::once_flag once;
  static bool started = false;
  std::call_once(once, [] { started = srtp_init() == srtp_err_status_ok; });
  return started;
}

Result<srtp_t> make(SrtpProfile profile, std::array<std::uint8_t, 30> master,
                    srtp_ssrc_type_t direction) {
  srtp_policy_t policy{};
  if (profile == SrtpProfile::kAeadAes128Gcm) {
    srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtp);
    srtp_crypto_policy_set_aes_gcm_128_16_auth(&policy.rtcp);
  } else {
    srtp_crypto_policy_set_rtp_default(&policy.rtp);
    srtp_crypto_policy_set_rtcp_default(&policy.rtcp);
  }
  policy.ssrc.type = direction;
  policy.key = master.data();
  policy.window_size = SrtpSession::kReplayWindow;
  policy.allow_repeat_tx = 0;
  srtp_t session = nullptr;
  if (srtp_create(&session, &policy) != srtp_err_status_ok) return fail(Error::kUnsupported);
  return session;
}

std::uint32_t ssrc_at(ByteView packet, std::size_t offset) {
  const auto ssrc = ByteReader(packet.subspan(offset)).u32();
  return ssrc ? *ssrc : 0;
}

}  // namespace

Result<std::unique_ptr<SrtpSession>> SrtpSession::create(const SrtpKeys& keys) {
  if (!start_library()) return fail(Error::kUnsupported);
  std::unique_ptr<SrtpSession> session(new SrtpSession);
  TRY(session->inbound_, make(keys.profile, keys.inbound, ssrc_any_inbound));
  TRY(session->outbound_, make(keys.profile, keys.outbound, ssrc_any_outbound));
  return session;
}

SrtpSession::~SrtpSession() {
  if (inbound_) srtp_dealloc(inbound_);
  if (outbound_) srtp_dealloc(outbound_);
}

bool SrtpSession::admits(std::uint32_t ssrc) const {
  return inbound_ssrcs_.size() < kMaxInboundSsrcs ||
         std::binary_search(inbound_ssrcs_.begin(), inbound_ssrcs_.end(), ssrc);
}

void SrtpSession::admit(std::uint32_t ssrc) {
  const auto place = std::lower_bound(inbound_ssrcs_.begin(), inbound_ssrcs_.end(), ssrc);
  if (place == inbound_ssrcs_.end() || *place != ssrc) inbound_ssrcs_.insert(place, ssrc);
}

Result<MutableBytes> SrtpSession::unprotect_rtp(MutableBytes packet) {
  if (packet.size() < kRtpHeader) return fail(Error::kMalformed);
  const std::uint32_t ssrc = ssrc_at(packet, 8);
  if (!admits(ssrc)) return fail(Error::kExhausted);
  int size = static_cast<int>(packet.size());
  const srtp_err_status_t status = srtp_unprotect(inbound_, packet.data(), &size);
  if (status != srtp_err_status_ok) return fail(error_of(status));
  admit(ssrc);
  return packet.first(static_cast<std::size_t>(size));
}

Result<MutableBytes> SrtpSession::unprotect_rtcp(MutableBytes packet) {
  if (packet.size() < kRtcpHeader) return fail(Error::kMalformed);
  const std::uint32_t ssrc = ssrc_at(packet, 4);
  if (!admits(ssrc)) return fail(Error::kExhausted);
  int size = static_cast<int>(packet.size());
  const srtp_err_status_t status = srtp_unprotect_rtcp(inbound_, packet.data(), &size);
  if (status != srtp_err_status_ok) return fail(error_of(status));
  admit(ssrc);
  return packet.first(static_cast<std::size_t>(size));
}

Result<std::size_t> SrtpSession::protect_rtp(MutableBytes buffer, std::size_t size) {
  if (size < kRtpHeader) return fail(Error::kMalformed);
  if (buffer.size() < size + kMaxTrailer) return fail(Error::kBufferTooSmall);
  int protected_size = static_cast<int>(size);
  const srtp_err_status_t status = srtp_protect(outbound_, buffer.data(), &protected_size);
  if (status != srtp_err_status_ok) return fail(error_of(status));
  assert(static_cast<std::size_t>(protected_size) <= size + kMaxTrailer);
  return static_cast<std::size_t>(protected_size);
}

Result<std::size_t> SrtpSession::protect_rtcp(MutableBytes buffer, std::size_t size) {
  if (size < kRtcpHeader) return fail(Error::kMalformed);
  if (buffer.size() < size + kMaxTrailer) return fail(Error::kBufferTooSmall);
  int protected_size = static_cast<int>(size);
  const srtp_err_status_t status = srtp_protect_rtcp(outbound_, buffer.data(), &protected_size);
  if (status != srtp_err_status_ok) return fail(error_of(status));
  assert(static_cast<std::size_t>(protected_size) <= size + kMaxTrailer);
  return static_cast<std::size_t>(protected_size);
}

}  // namespace sotto::bridge
