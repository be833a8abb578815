#include "datagram/classify.h"

namespace sotto::bridge {
namespace {

constexpr std::size_t kStunHeader = 20;
constexpr std::size_t kDtlsHeader = 13;
constexpr std::size_t kRtpHeader = 12;
constexpr std::size_t kRtcpHeader = 8;  // with the sender's SSRC, as SRTCP has it

}  // namespace

DatagramKind classify(ByteView datagram) {
  if (datagram.size() < kRtcpHeader) return DatagramKind::kUnknown;
  const std::uint8_t first = datagram[0];
  const std::size_t size = datagram.size();
  if (first <= 3 && size >= kStunHeader) return DatagramKind::kStun;
  if (first >= 20 && first <= 63 && size >= kDtlsHeader) return DatagramKind::kDtls;
  if (first < 128 || first > 191) return DatagramKind::kUnknown;
  const bool rtcp = datagram[1] >= 192 && datagram[1] <= 223;
  if (rtcp) return DatagramKind::kRtcp;
  return size >= kRtpHeader ? DatagramKind::kRtp : DatagramKind::kUnknown;
}

}  // namespace sotto::bridge
