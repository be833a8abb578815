// SRTP and SRTCP both ways for one DTLS association (RFC 3711, RFC 7714), on libsrtp2. Any SSRC,
// each with its own rollover counter and replay window; packets are changed in place, and only the
// first packet of an SSRC allocates.
//
// Outbound, no (SSRC, index) is ever protected twice: GCM would leak its authentication key by it.
// protect_rtp() refuses a sequence number that it has protected before (resends go out by RTX, with
// numbers of their own). Start a new SSRC below sequence number 2^15 (RFC 3711 section 3.3.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "srtp/srtp_keys.h"

struct srtp_ctx_t_;

namespace sotto::bridge {

class SrtpSession {
 public:
  // What protection adds at most: 16 bytes of tag and, for SRTCP, 4 of index.
  static constexpr std::size_t kMaxTrailer = 20;
  // SSRCs that one peer may use in a session; packets of further ones are refused.
  static constexpr std::size_t kMaxInboundSsrcs = 512;
  // Packets behind the newest in which a late one is still accepted, and checked for replay.
  static constexpr std::size_t kReplayWindow = 1024;

  static Result<std::unique_ptr<SrtpSession>> create(const SrtpKeys& keys);
  ~SrtpSession();
  SrtpSession(const SrtpSession&) = delete;
  SrtpSession& operator=(const SrtpSession&) = delete;

  // The plain packet, at the start of `packet`. kMalformed, kUnauthenticated, kReplayed or
  // kExhausted (too many SSRCs); the bytes are then worth nothing.
  Result<MutableBytes> unprotect_rtp(MutableBytes packet);
  Result<MutableBytes> unprotect_rtcp(MutableBytes packet);

  // Protects the first `size` bytes of `buffer`, which has kMaxTrailer more. Returns the protected
  // size. kMalformed, kReplayed (this index was used) or kBufferTooSmall.
  Result<std::size_t> protect_rtp(MutableBytes buffer, std::size_t size);
  Result<std::size_t> protect_rtcp(MutableBytes buffer, std::size_t size);

 private:
  SrtpSession() = default;
  bool admits(std::uint32_t ssrc) const;
  void admit(std::uint32_t ssrc);

  srtp_ctx_t_* inbound_ = nullptr;
  srtp_ctx_t_* outbound_ = nullptr;
  std::vector<std::uint32_t> inbound_ssrcs_;  // sorted; authenticated at least once
};

}  // namespace sotto::bridge
