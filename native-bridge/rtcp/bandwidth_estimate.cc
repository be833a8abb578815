#include "rtcp/bandwidth_estimate.h"

#include <algorithm>

#include "base/byte_reader.h"

namespace sotto::bridge::rtcp {

namespace {
constexpr std::uint32_t kRemb = 0x52454d42;  // "REMB"
constexpr std::uint32_t kMaxMantissa = 0x3ffff;
constexpr int kMantissaBits = 18;
}  // namespace

Result<BandwidthEstimate> BandwidthEstimate::parse(const Packet& packet) {
  if (!packet.is_feedback(PacketType::kPayloadFeedback, kApplicationLayerFormat)) {
    return fail(Error::kWrongState);
  }
  ByteReader reader(packet.body);
  BandwidthEstimate estimate;
  TRY(estimate.sender_ssrc, reader.u32());
  TRY_VOID(reader.skip(4));
  TRY(const std::uint32_t identifier, reader.u32());
  if (identifier != kRemb) return fail(Error::kWrongState);
  TRY(const std::uint8_t ssrcs, reader.u8());
  TRY(const std::uint32_t rate, reader.u24());
  if (reader.remaining() < std::size_t{4} * ssrcs) return fail(Error::kTruncated);
  const std::uint32_t exponent = rate >> kMantissaBits;
  const std::uint64_t mantissa = rate & kMaxMantissa;
  if (mantissa != 0 && exponent > 63 - kMantissaBits) return fail(Error::kMalformed);
  estimate.bits_per_second = mantissa == 0 ? 0 : mantissa << exponent;
  return estimate;
}

void write_bandwidth_estimate(ByteWriter& writer, const BandwidthEstimate& estimate,
                              std::span<const std::uint32_t> ssrcs) {
  ssrcs = ssrcs.first(std::min<std::size_t>(ssrcs.size(), 255));
  std::uint64_t mantissa = estimate.bits_per_second;
  std::uint32_t exponent = 0;
  for (; mantissa > kMaxMantissa; mantissa >>= 1) ++exponent;
  PacketWriter packet(writer, PacketType::kPayloadFeedback, kApplicationLayerFormat);
  writer.u32(estimate.sender_ssrc);
  writer.u32(0);
  writer.u32(kRemb);
  writer.u8(static_cast<std::uint8_t>(ssrcs.size()));
  writer.u24(exponent << kMantissaBits | static_cast<std::uint32_t>(mantissa));
  for (std::uint32_t ssrc : ssrcs) writer.u32(ssrc);
  packet.finish();
}

}  // namespace sotto::bridge::rtcp
