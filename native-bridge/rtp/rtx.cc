#include "rtp/rtx.h"

#include "base/byte_reader.h"
#include "base/byte_writer.h"

namespace sotto::bridge {

namespace {

constexpr std::uint8_t kPaddingBit = 0x20;

// Copies `packet`'s header without its padding bit, so that setters may go over it.
void write_header(ByteWriter& writer, const RtpView& packet) {
  const ByteView header = packet.header();
  writer.u8(static_cast<std::uint8_t>(header[0] & ~kPaddingBit));
  writer.bytes(header.subspan(1));
}

}  // namespace

Result<std::size_t> restore_from_rtx(const RtpView& rtx, std::uint32_t ssrc,
                                     std::uint8_t payload_type, MutableBytes out) {
  ByteReader reader(rtx.payload());
  TRY(const std::uint16_t original, reader.u16());
  ByteWriter writer(out);
  write_header(writer, rtx);
  writer.bytes(reader.rest());
  if (!writer.ok()) return fail(Error::kBufferTooSmall);
  set_ssrc(out, ssrc);
  set_payload_type(out, payload_type);
  set_sequence_number(out, original);
  return writer.size();
}

Result<std::size_t> write_rtx(const RtpView& media, const RtxHeader& header, MutableBytes out) {
  ByteWriter writer(out);
  write_header(writer, media);
  writer.u16(media.sequence_number());
  writer.bytes(media.payload());
  if (!writer.ok()) return fail(Error::kBufferTooSmall);
  set_ssrc(out, header.ssrc);
  set_payload_type(out, header.payload_type);
  set_sequence_number(out, header.sequence_number);
  return writer.size();
}

}  // namespace sotto::bridge
