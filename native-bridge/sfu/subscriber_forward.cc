// A Subscriber's data path: one packet into one seat.
#include "cc/abs_send_time.h"
#include "rtp/forward_packet.h"
#include "sfu/subscriber.h"

namespace sotto::bridge {

std::optional<Renumbering> Subscriber::renumber(Time now, Seat& seat, const ReceivedPacket& packet,
                                                bool& switched) {
  if (packet.track == seat.video) return seat.video_forwarder.forward(now, packet, switched);
  if (packet.track != seat.audio) return std::nullopt;
  const auto numbers = seat.audio_forwarder.forward(packet);
  if (!numbers) return std::nullopt;
  switched = numbers->switched;
  Renumbering out;
  out.sequence_number = numbers->sequence_number;
  out.timestamp = numbers->timestamp;
  return out;
}

void Subscriber::forward(Time now, std::uint32_t index, const ReceivedPacket& packet,
                         const OutgoingExtensions& extensions, PacketSink& sink,
                         ConferenceStats& stats) {
  if (!connected_) return;
  Seat& seat = *seats_[index];
  const bool video = packet.track == seat.video;
  const OutPayload payload =
      (video ? seat.video_payloads : seat.audio_payloads)[packet.codec_index];
  if (payload.payload_type == OutPayload::kNone) return;
  bool switched = false;
  const auto numbers = renumber(now, seat, packet, switched);
  if (!numbers) return;
  const SeatStreams& streams = streams_[index];
  SentCounters& sent = video ? seat.video_sent : seat.audio_sent;
  // A new source's reports follow at once: until then its timestamps mean nothing to lip sync.
  report_soon(now, switched ? kReportDelay : kReportInterval);

  ForwardRewrite rewrite;
  rewrite.ssrc = video ? streams.video_ssrc : streams.audio_ssrc;
  rewrite.sequence_number = numbers->sequence_number;
  rewrite.timestamp = numbers->timestamp;
  rewrite.payload_type = payload.payload_type;
  rewrite.marker = packet.view.marker() || (switched && !video);
  rewrite.extensions = extensions;
  rewrite.extensions.abs_send_time = abs_send_time(now);
  if (!sent.known_to_receiver) rewrite.extensions.mid = video ? streams.video_mid : streams.audio_mid;
  rewrite.extension_map = video ? &video_extensions_ : &audio_extensions_;
  rewrite.frame_number = numbers->frame_number;
  rewrite.descriptor = numbers->descriptor;

  MutableBytes out =
      sink.begin(owner_, Connection::kSubscribe, packet.view.bytes().size() + kForwardOverhead);
  if (out.empty()) return;
  auto size = write_forwarded(packet.view, packet.codec, rewrite, out);
  if (!size) return;
  sink.finish_rtp(*size);
  sent.add(packet.view.payload().size());
  ++stats.rtp_forwarded;
}

void Subscriber::resend(Time now, Seat& seat, const SeatStreams& streams,
                        std::uint16_t sequence_number, PacketSink& sink, ConferenceStats& stats) {
  const auto source = seat.video_forwarder.source(*seat.video, sequence_number);
  if (!source) return;
  const Layer& layer = seat.video->layer(source->layer);
  const ByteView kept = layer.stream->cache.find(now, source->sequence_number);
  if (kept.empty()) return;
  auto packet = RtpView::parse(kept);
  if (!packet) return;
  const std::uint8_t codec_index = seat.video->codec_of(packet->payload_type());
  if (codec_index == Track::kNoCodec) return;
  const OutPayload payload = seat.video_payloads[codec_index];
  // Without RTX it would need the same sequence number again, which SRTP forbids once
  // abs-send-time differs (one nonce, two plaintexts).
  if (payload.rtx_payload_type == OutPayload::kNone) return;
  const Codec codec = seat.video->codecs()[codec_index].codec;
  auto frame = inspect_frame(codec, packet->marker(), packet->payload(), nullptr);
  if (!frame) return;
  const ExtensionValues values(*packet, seat.video->extensions());
  const Renumbering numbers = seat.video_forwarder.again(*source, packet->timestamp(), *frame,
                                                         frame_number_of(values));

  ForwardRewrite rewrite;
  rewrite.ssrc = streams.video_rtx_ssrc;
  rewrite.sequence_number = seat.rtx_sequence_number++;
  rewrite.timestamp = numbers.timestamp;
  rewrite.payload_type = payload.rtx_payload_type;
  rewrite.marker = packet->marker();
  rewrite.extensions = OutgoingExtensions::end_to_end(values);
  rewrite.extensions.abs_send_time = abs_send_time(now);
  rewrite.extensions.mid = streams.video_mid;
  rewrite.extension_map = &video_extensions_;
  rewrite.frame_number = numbers.frame_number;
  rewrite.descriptor = numbers.descriptor;
  rewrite.original_sequence_number = sequence_number;

  MutableBytes out = sink.begin(owner_, Connection::kSubscribe, kept.size() + kForwardOverhead);
  if (out.empty()) return;
  auto size = write_forwarded(*packet, codec, rewrite, out);
  if (!size) return;
  sink.finish_rtp(*size);
  ++stats.retransmitted;
}

}  // namespace sotto::bridge
