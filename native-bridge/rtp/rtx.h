// RTX (RFC 4588): a resent packet has its own SSRC, payload type and sequence numbers; the
// original sequence number (OSN) comes before the payload.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "rtp/packet.h"

namespace sotto::bridge {

// Size of the OSN field.
constexpr std::size_t kOsnSize = 2;

// Padding that only probes for bandwidth has no payload and so no OSN.
inline bool is_rtx_padding(const RtpView& rtx) {
  return rtx.payload().size() < kOsnSize;
}

// The media packet inside `rtx`, under the media stream's SSRC and payload type; the header
// extensions are those of the RTX packet. kTruncated when there is none, kBufferTooSmall.
Result<std::size_t> restore_from_rtx(const RtpView& rtx, std::uint32_t ssrc,
                                     std::uint8_t payload_type, MutableBytes out);

// `media` as an RTX packet. Its padding is not copied.
struct RtxHeader {
  std::uint32_t ssrc;
  std::uint8_t payload_type;
  std::uint16_t sequence_number;
};
Result<std::size_t> write_rtx(const RtpView& media, const RtxHeader& header, MutableBytes out);

}  // namespace sotto::bridge
