#include "rtcp/key_frame_request.h"

#include "base/byte_reader.h"

namespace sotto::bridge::rtcp {

Result<PictureLoss> PictureLoss::parse(const Packet& packet) {
  if (!packet.is_feedback(PacketType::kPayloadFeedback, kPliFormat)) {
    return fail(Error::kWrongState);
  }
  ByteReader reader(packet.body);
  PictureLoss loss;
  TRY(loss.sender_ssrc, reader.u32());
  TRY(loss.media_ssrc, reader.u32());
  return loss;
}

void write_picture_loss(ByteWriter& writer, std::uint32_t sender_ssrc, std::uint32_t media_ssrc) {
  PacketWriter packet(writer, PacketType::kPayloadFeedback, kPliFormat);
  writer.u32(sender_ssrc);
  writer.u32(media_ssrc);
  packet.finish();
}

// | sender SSRC | 0 (media SSRC, unused) | then: SSRC (32) | Seq nr. (8) | reserved (24) | ...
Result<FullIntraRequestReader> FullIntraRequestReader::parse(const Packet& packet) {
  if (!packet.is_feedback(PacketType::kPayloadFeedback, kFirFormat)) {
    return fail(Error::kWrongState);
  }
  ByteReader reader(packet.body);
  TRY_VOID(reader.skip(8));
  FullIntraRequestReader requests;
  requests.items_ = reader.rest();
  return requests;
}

bool FullIntraRequestReader::next(FullIntraRequest& request) {
  ByteReader reader(items_);
  auto ssrc = reader.u32();
  auto sequence = reader.u8();
  if (!reader.skip(3)) return false;
  request = {*ssrc, *sequence};
  items_ = reader.rest();
  return true;
}

void write_full_intra_request(ByteWriter& writer, std::uint32_t sender_ssrc,
                              const FullIntraRequest& request) {
  PacketWriter packet(writer, PacketType::kPayloadFeedback, kFirFormat);
  writer.u32(sender_ssrc);
  writer.u32(0);
  writer.u32(request.ssrc);
  writer.u8(request.command_sequence);
  writer.u24(0);
  packet.finish();
}

}  // namespace sotto::bridge::rtcp
