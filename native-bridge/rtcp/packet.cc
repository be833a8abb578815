#include "rtcp/packet.h"

#include "base/byte_reader.h"

namespace sotto::bridge::rtcp {

namespace {
constexpr std::uint8_t kVersion = 2;
constexpr std::uint8_t kPaddingBit = 0x20;
constexpr std::size_t kHeaderSize = 4;
constexpr std::size_t kLengthAt = 2;
}  // namespace

bool CompoundReader::next(Packet& packet) {
  if (left_.empty()) return false;
  ByteReader reader(left_);
  const auto first = reader.u8();
  const auto type = reader.u8();
  const auto words = reader.u16();
  malformed_ = true;
  left_ = {};
  if (!words || *first >> 6 != kVersion) return false;
  const auto body = reader.bytes(std::size_t{4} * *words);
  if (!body) return false;
  ByteView unpadded = *body;
  if ((*first & kPaddingBit) != 0) {
    const std::size_t padding = unpadded.empty() ? 0 : unpadded.back();
    if (padding == 0 || padding > unpadded.size()) return false;
    unpadded = unpadded.first(unpadded.size() - padding);
  }
  malformed_ = false;
  left_ = reader.rest();
  packet = {*type, static_cast<std::uint8_t>(*first & 0x1f), unpadded};
  return true;
}

PacketWriter::PacketWriter(ByteWriter& writer, PacketType type, std::uint8_t count)
    : writer_(writer), start_(writer.size()) {
  writer_.u8(static_cast<std::uint8_t>(kVersion << 6 | (count & 0x1f)));
  writer_.u8(static_cast<std::uint8_t>(type));
  writer_.u16(0);
}

void PacketWriter::finish() {
  if (!writer_.ok()) return;
  const std::size_t body = writer_.size() - start_ - kHeaderSize;
  writer_.patch_u16(start_ + kLengthAt, static_cast<std::uint16_t>(body / 4));
}

}  // namespace sotto::bridge::rtcp
