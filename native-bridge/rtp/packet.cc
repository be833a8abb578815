#include "rtp/packet.h"

#include "base/byte_reader.h"
#include "base/byte_writer.h"

namespace sotto::bridge {

namespace {
constexpr std::uint8_t kVersion = 2;
constexpr std::uint8_t kPaddingBit = 0x20;
constexpr std::uint8_t kExtensionBit = 0x10;
constexpr std::size_t kMarkerAt = 1;
constexpr std::size_t kSequenceAt = 2;
constexpr std::size_t kTimestampAt = 4;
constexpr std::size_t kSsrcAt = 8;
}  // namespace

Result<RtpView> RtpView::parse(ByteView packet) {
  ByteReader reader(packet);
  RtpView view;
  view.packet_ = packet;
  TRY(const std::uint8_t first, reader.u8());
  if (first >> 6 != kVersion) return fail(Error::kMalformed);
  TRY_VOID(reader.skip(1));
  TRY(view.sequence_number_, reader.u16());
  TRY(view.timestamp_, reader.u32());
  TRY(view.ssrc_, reader.u32());
  view.csrc_size_ = std::size_t{4} * (first & 0x0f);
  TRY_VOID(reader.skip(view.csrc_size_));
  if ((first & kExtensionBit) != 0) {
    TRY(view.extension_profile_, reader.u16());
    TRY(const std::uint16_t words, reader.u16());
    view.extension_size_ = std::size_t{4} * words;
    TRY_VOID(reader.skip(view.extension_size_));
  }
  view.header_size_ = reader.position();
  if ((first & kPaddingBit) != 0) {
    const ByteView rest = reader.rest();
    if (rest.empty() || rest.back() == 0 || rest.back() > rest.size()) {
      return fail(Error::kMalformed);
    }
    view.padding_size_ = rest.back();
  }
  return view;
}

void set_marker(MutableBytes packet, bool marker) {
  packet[kMarkerAt] = static_cast<std::uint8_t>((packet[kMarkerAt] & 0x7f) | (marker ? 0x80 : 0));
}

void set_payload_type(MutableBytes packet, std::uint8_t payload_type) {
  packet[kMarkerAt] = static_cast<std::uint8_t>((packet[kMarkerAt] & 0x80) | (payload_type & 0x7f));
}

void set_sequence_number(MutableBytes packet, std::uint16_t sequence_number) {
  ByteWriter(packet.subspan(kSequenceAt, 2)).u16(sequence_number);
}

void set_timestamp(MutableBytes packet, std::uint32_t timestamp) {
  ByteWriter(packet.subspan(kTimestampAt, 4)).u32(timestamp);
}

void set_ssrc(MutableBytes packet, std::uint32_t ssrc) {
  ByteWriter(packet.subspan(kSsrcAt, 4)).u32(ssrc);
}

}  // namespace sotto::bridge
