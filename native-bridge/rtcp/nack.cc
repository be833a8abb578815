#include "rtcp/nack.h"

#include "base/byte_reader.h"

namespace sotto::bridge::rtcp {

namespace {
constexpr int kMaskBits = 16;
}

Result<Nack> Nack::parse(const Packet& packet) {
  if (!packet.is_feedback(PacketType::kTransportFeedback, kNackFormat)) {
    return fail(Error::kWrongState);
  }
  ByteReader reader(packet.body);
  Nack nack;
  TRY(nack.sender_ssrc_, reader.u32());
  TRY(nack.media_ssrc_, reader.u32());
  nack.items_ = reader.rest();
  return nack;
}

bool Nack::next(std::uint16_t& sequence_number) {
  while (true) {
    for (; bit_ <= kMaskBits; ++bit_) {
      if (bit_ != 0 && (bitmask_ >> (bit_ - 1) & 1) == 0) continue;
      sequence_number = static_cast<std::uint16_t>(packet_id_ + bit_);
      ++bit_;
      return true;
    }
    ByteReader reader(items_);
    auto packet_id = reader.u16();
    auto bitmask = reader.u16();
    if (!bitmask) return false;
    packet_id_ = *packet_id;
    bitmask_ = *bitmask;
    bit_ = 0;
    items_ = reader.rest();
  }
}

void write_nack(ByteWriter& writer, std::uint32_t sender_ssrc, std::uint32_t media_ssrc,
                std::span<const std::uint16_t> sequence_numbers) {
  if (sequence_numbers.empty()) return;
  PacketWriter packet(writer, PacketType::kTransportFeedback, kNackFormat);
  writer.u32(sender_ssrc);
  writer.u32(media_ssrc);
  for (std::size_t i = 0; i < sequence_numbers.size();) {
    const std::uint16_t packet_id = sequence_numbers[i++];
    std::uint16_t bitmask = 0;
    for (; i < sequence_numbers.size(); ++i) {
      const auto distance = static_cast<std::uint16_t>(sequence_numbers[i] - packet_id);
      if (distance == 0) continue;
      if (distance > kMaskBits) break;
      bitmask = static_cast<std::uint16_t>(bitmask | 1u << (distance - 1));
    }
    writer.u16(packet_id);
    writer.u16(bitmask);
  }
  packet.finish();
}

}  // namespace sotto::bridge::rtcp
