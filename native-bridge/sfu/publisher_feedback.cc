// The RTCP of a Publisher: reads sender reports, writes receiver reports, transport-cc, NACK and
// PLI.
#include <algorithm>
#include <array>

#include "rtcp/key_frame_request.h"
#include "rtcp/nack.h"
#include "rtcp/packet.h"
#include "rtcp/report.h"
#include "sfu/publisher.h"

namespace sotto::bridge {
namespace {

constexpr std::size_t kMaxNacks = 64;      // of one layer at once
constexpr std::size_t kNackBytes = 12 + 4 * kMaxNacks;
constexpr std::size_t kPliBytes = 12;

void earliest(Time& deadline, std::optional<Time> candidate) {
  if (candidate) deadline = std::min(deadline, *candidate);
}

}  // namespace

void Publisher::handle_rtcp(Time now, ByteView datagram, ConferenceStats& stats) {
  rtcp::CompoundReader reader(datagram);
  rtcp::Packet packet;
  while (reader.next(packet)) {
    if (packet.is(rtcp::PacketType::kSenderReport)) read_sender_report(now, packet);
  }
  if (reader.malformed()) ++stats.rtcp_malformed;
}

void Publisher::read_sender_report(Time now, const rtcp::Packet& packet) {
  auto report = rtcp::SenderReport::parse(packet);
  if (!report) return;
  const auto found = streams_.find(report->ssrc);
  if (!found || found->rtx) return;
  LayerStream& stream = *found->track->layer(found->layer).stream;
  stream.statistics.on_sender_report(now, report->ntp);
  if (report->ntp == 0) return;  // the sender has no wall clock
  clock_.on_sender_report(now, report->ntp);
  stream.anchor = TimestampAnchor{clock_.local(report->ntp), report->rtp_timestamp};
}

bool Publisher::handle_timeout(Time now, PacketSink& sink, ConferenceStats& stats) {
  FeedbackDatagram out(sink, owner_, Connection::kPublish);
  if (report_at_ && *report_at_ <= now) send_report(now, out);
  send_transport_feedback(now, out);
  bool stopped = false;
  bool any_active = false;
  for (const auto& track : tracks_) {
    for (std::size_t i = 0; i < track->layer_count(); ++i) {
      Layer& layer = track->layer(i);
      if (layer.active && now - layer.last_packet >= Layer::kStopped) {
        layer.active = false;
        layer.bitrate.reset();
        stopped = true;
      }
      any_active |= layer.active;
      if (layer.stream) send_requests(now, *track, layer, out, stats);
    }
  }
  if (!any_active) report_at_.reset();
  return stopped;
}

void Publisher::send_report(Time now, FeedbackDatagram& out) {
  report_at_ = now + kReportInterval;
  std::array<rtcp::ReportBlock, 4 * kMaxLayers> blocks;
  std::size_t count = 0;
  for (const auto& track : tracks_) {
    for (std::size_t i = 0; i < track->layer_count() && count < blocks.size(); ++i) {
      LayerStream* stream = track->layer(i).stream.get();
      if (!stream) continue;
      if (auto block = stream->statistics.take_report_block(now)) blocks[count++] = *block;
    }
  }
  if (count == 0) return;
  if (ByteWriter* writer = out.room(8 + count * rtcp::kReportBlockSize)) {
    rtcp::write_receiver_report(*writer, ssrc_, std::span(blocks).first(count));
  }
}

void Publisher::send_transport_feedback(Time now, FeedbackDatagram& out) {
  if (!transport_feedback_) return;
  auto due = transport_feedback_->next_timeout();
  if (!due || *due > now) return;
  // A pause in the numbers takes another packet; more than a few in one go are not plausible.
  for (int packets = 0; packets < 8; ++packets) {
    ByteWriter* writer = out.room(FeedbackDatagram::kSize / 2);
    if (!writer || !transport_feedback_->write_due(now, ssrc_, *writer)) return;
  }
}

void Publisher::send_requests(Time now, Track& track, Layer& layer, FeedbackDatagram& out,
                              ConferenceStats& stats) {
  if (track.kind() != MediaKind::kVideo) return;
  LayerStream& stream = *layer.stream;
  std::array<std::uint16_t, kMaxNacks> missing;
  if (const std::size_t count = stream.nack.take_due(now, kRoundTrip, missing);
      count > 0 && !track.subscribers.empty()) {
    if (ByteWriter* writer = out.room(kNackBytes)) {
      rtcp::write_nack(*writer, ssrc_, stream.ssrc, std::span(missing).first(count));
      stats.nack_sent += count;
    }
  }
  if (stream.nack.take_unrecoverable() && !track.subscribers.empty()) layer.keyframe.request(now);
  if (!layer.keyframe.take_due(now)) return;
  if (ByteWriter* writer = out.room(kPliBytes)) {
    rtcp::write_picture_loss(*writer, ssrc_, stream.ssrc);
    ++stats.keyframe_requests;
  }
}

Time Publisher::feedback_deadline() const {
  Time deadline = Time::max();
  earliest(deadline, report_at_);
  if (transport_feedback_) earliest(deadline, transport_feedback_->next_timeout());
  return deadline;
}

Time Publisher::layer_deadline(const Layer& layer) const {
  Time deadline = Time::max();
  if (layer.active) deadline = layer.last_packet + Layer::kStopped;
  if (!layer.stream) return deadline;
  earliest(deadline, layer.keyframe.next_timeout());
  if (layer.stream->nack.missing() > 0) {
    earliest(deadline, layer.stream->nack.next_timeout(kRoundTrip));
  }
  return deadline;
}

Time Publisher::next_timeout() const {
  Time deadline = feedback_deadline();
  for (const auto& track : tracks_) {
    for (std::size_t i = 0; i < track->layer_count(); ++i) {
      deadline = std::min(deadline, layer_deadline(track->layer(i)));
    }
  }
  return deadline;
}

}  // namespace sotto::bridge
