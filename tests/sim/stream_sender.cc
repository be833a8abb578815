#include "sim/stream_sender.h"

#include "base/byte_writer.h"
#include "rtp/packet.h"
#include "rtp/rtx.h"
#include "sim/content.h"

namespace sotto::bridge::sim {
namespace {

constexpr Duration kAudioInterval = std::chrono::milliseconds(20);
constexpr Duration kVideoInterval = std::chrono::milliseconds(50);
constexpr std::size_t kAudioSize = 80;
constexpr std::size_t kVideoSize = 900;
constexpr std::size_t kKept = 512;

}  // namespace

StreamSender::StreamSender(std::uint32_t publisher, const OfferedMedia& media, Time start)
    : publisher_(publisher),
      media_(media),
      start_(start),
      next_(start),
      timestamp_(media.ssrc * 31),
      sequence_number_(static_cast<std::uint16_t>(65000 + media.ssrc % 500)) {}

std::vector<StreamSender::Packet> StreamSender::tick(Time now) {
  std::vector<Packet> packets;
  const bool audio = kind_of(media_.source) == MediaKind::kAudio;
  const Duration interval = audio ? kAudioInterval : kVideoInterval;
  for (; next_ <= now && !paused; next_ += interval) {
    if (now - next_ > std::chrono::milliseconds(200)) next_ = now;  // after a pause
    timestamp_ += static_cast<std::uint32_t>(interval.count() * (audio ? 48 : 90) / 1000);
    if (audio) {
      packets.push_back(make_packet(true, false, false));
      continue;
    }
    const bool key_frame = key_frame_wanted_;
    key_frame_wanted_ = false;
    if (key_frame) ++key_frames_;
    picture_id_ = static_cast<std::uint16_t>((picture_id_ + 1) & 0x7fff);
    packets.push_back(make_packet(true, key_frame, false));
    packets.push_back(make_packet(false, key_frame, true));
  }
  for (const Packet& packet : packets) kept_.push_back(packet);
  while (kept_.size() > kKept) kept_.pop_front();
  return packets;
}

StreamSender::Packet StreamSender::make_packet(bool first_of_frame, bool key_frame,
                                               bool last_of_frame) {
  const bool audio = kind_of(media_.source) == MediaKind::kAudio;
  Packet packet(1500);
  ByteWriter writer(packet);
  writer.u8(audio ? 0x90 : 0x80);
  writer.u8(static_cast<std::uint8_t>((last_of_frame ? 0x80 : 0) |
                                      (audio ? kOpusPayloadType : kVp8PayloadType)));
  writer.u16(++sequence_number_);
  writer.u32(timestamp_);
  writer.u32(media_.ssrc);
  if (audio) {
    writer.u16(0xbede);
    writer.u16(1);
    writer.u8(kAudioLevelId << 4);
    writer.u8(static_cast<std::uint8_t>(0x80 | audio_level));
    writer.u16(0);
  } else {
    // RFC 7741: X, and S on the first packet; I with 15 bits of PictureID; then, in the first
    // packet, the VP8 payload header whose lowest bit is 0 in key frames.
    writer.u8(static_cast<std::uint8_t>(0x80 | (first_of_frame ? 0x10 : 0)));
    writer.u8(0x80);
    writer.u16(static_cast<std::uint16_t>(0x8000 | picture_id_));
    writer.u8(key_frame ? 0x10 : 0x11);
  }
  writer.bytes(
      make_content({publisher_, media_.source, counter_++}, audio ? kAudioSize : kVideoSize));
  packet.resize(writer.size());
  return packet;
}

std::optional<StreamSender::Packet> StreamSender::resend(std::uint16_t sequence_number) {
  for (const Packet& packet : kept_) {
    const auto view = RtpView::parse(packet);
    if (!view || view->sequence_number() != sequence_number) continue;
    ++resent_;
    if (media_.rtx_ssrc == 0) return packet;
    Packet rtx(1600);
    const auto size =
        write_rtx(*view, {media_.rtx_ssrc, kVp8RtxPayloadType, ++rtx_sequence_number_}, rtx);
    if (!size) return std::nullopt;
    rtx.resize(*size);
    return rtx;
  }
  return std::nullopt;
}

}  // namespace sotto::bridge::sim
