// The RTCP of a Subscriber: reads NACK, PLI, FIR, REMB and reception reports, writes sender
// reports.
#include <algorithm>

#include "rtcp/bandwidth_estimate.h"
#include "rtcp/key_frame_request.h"
#include "rtcp/nack.h"
#include "rtcp/ntp_time.h"
#include "rtcp/report.h"
#include "rtcp/source_description.h"
#include "sfu/subscriber.h"

namespace sotto::bridge {
namespace {

constexpr Duration kShortestRoundTrip = std::chrono::milliseconds(10);
constexpr Duration kLongestRoundTrip = std::chrono::milliseconds(500);
// SR without blocks, and SDES with a CNAME of 16 characters.
constexpr std::size_t kReportBytes = 28 + 32;

// The sender report of one SSRC. It ties the present to the timestamp that the source would
// give it, so that receivers can line up audio and video of one publisher, and measure the
// round trip to us.
void write_report(FeedbackDatagram& out, Time now, std::uint32_t ssrc, const std::string& cname,
                  const Track& track, const LayerStream& stream, std::uint32_t offset,
                  const SentCounters& sent) {
  if (!stream.anchor) return;
  ByteWriter* writer = out.room(kReportBytes);
  if (!writer) return;
  const Duration since = now - stream.anchor->at;
  const std::uint32_t ticks = TimestampMap(track.clock_rate(), 0).ticks(since);
  rtcp::SenderReport report;
  report.ssrc = ssrc;
  report.ntp = rtcp::ntp_from(now);
  report.rtp_timestamp = stream.anchor->rtp_timestamp + ticks + offset;
  report.packet_count = sent.packets;
  report.octet_count = sent.octets;
  rtcp::write_sender_report(*writer, report, {});
  rtcp::write_source_description(*writer, ssrc, cname);
}

}  // namespace

bool Subscriber::send_reports(Time now, PacketSink& sink) {
  FeedbackDatagram out(sink, owner_, Connection::kSubscribe);
  bool any = false;
  for (std::size_t i = 0; i < seats_.size(); ++i) {
    Seat& seat = *seats_[i];
    const SeatStreams& streams = streams_[i];
    if (seat.audio && seat.audio_sent.since_report && seat.audio_forwarder.flowing() &&
        seat.audio->layer(0).stream) {
      write_report(out, now, streams.audio_ssrc, streams.cname, *seat.audio,
                   *seat.audio->layer(0).stream, seat.audio_forwarder.timestamp_offset(),
                   seat.audio_sent);
    }
    const auto layer = seat.video_forwarder.current();
    if (seat.video && seat.video_sent.since_report && layer && seat.video->layer(*layer).stream) {
      write_report(out, now, streams.video_ssrc, streams.cname, *seat.video,
                   *seat.video->layer(*layer).stream, seat.video_forwarder.timestamp_offset(),
                   seat.video_sent);
    }
    any |= seat.audio_sent.since_report || seat.video_sent.since_report;
    seat.audio_sent.since_report = false;
    seat.video_sent.since_report = false;
  }
  return any;
}

void Subscriber::handle_timeout(Time now, PacketSink& sink) {
  if (report_at_ > now) return;
  report_at_ = Time::max();
  if (!connected_) return;
  const bool sent = send_reports(now, sink);
  select_layers(now);
  // Also while a key frame is missing, to ask for it again.
  const bool waiting = std::any_of(seats_.begin(), seats_.end(), [](const auto& seat) {
    return seat->video && seat->video_forwarder.waiting() &&
           seat->video->layer(*seat->video_forwarder.target()).active;
  });
  if (sent || waiting) report_at_ = now + kReportInterval;
}

void Subscriber::handle_rtcp(Time now, ByteView datagram, PacketSink& sink,
                             ConferenceStats& stats) {
  rtcp::CompoundReader reader(datagram);
  rtcp::Packet packet;
  while (reader.next(packet)) handle_packet(now, packet, sink, stats);
  if (reader.malformed()) ++stats.rtcp_malformed;
}

void Subscriber::handle_packet(Time now, const rtcp::Packet& packet, PacketSink& sink,
                               ConferenceStats& stats) {
  using rtcp::PacketType;
  std::uint32_t index = 0;
  if (packet.is(PacketType::kReceiverReport) || packet.is(PacketType::kSenderReport)) {
    handle_report(now, packet);
  } else if (packet.is_feedback(PacketType::kTransportFeedback, rtcp::kNackFormat)) {
    handle_nack(now, packet, sink, stats);
  } else if (packet.is_feedback(PacketType::kPayloadFeedback, rtcp::kPliFormat)) {
    auto loss = rtcp::PictureLoss::parse(packet);
    if (!loss) return;
    if (Seat* seat = video_seat(loss->media_ssrc, index)) request_key_frame(now, *seat);
  } else if (packet.is_feedback(PacketType::kPayloadFeedback, rtcp::kFirFormat)) {
    auto requests = rtcp::FullIntraRequestReader::parse(packet);
    rtcp::FullIntraRequest request;
    while (requests && requests->next(request)) {
      if (Seat* seat = video_seat(request.ssrc, index)) request_key_frame(now, *seat);
    }
  } else if (packet.is_feedback(PacketType::kPayloadFeedback, rtcp::kApplicationLayerFormat)) {
    auto estimate = rtcp::BandwidthEstimate::parse(packet);
    if (!estimate) return;
    budget_.on_estimate(now, estimate->bits_per_second);
    select_layers(now);
  }
}

Seat* Subscriber::video_seat(std::uint32_t ssrc, std::uint32_t& index) {
  for (std::size_t i = 0; i < streams_.size(); ++i) {
    if (streams_[i].video_ssrc != ssrc) continue;
    index = static_cast<std::uint32_t>(i);
    return seats_[i].get();
  }
  return nullptr;
}

void Subscriber::handle_report(Time now, const rtcp::Packet& packet) {
  rtcp::ReportBlockReader blocks;
  if (packet.is(rtcp::PacketType::kReceiverReport)) {
    auto report = rtcp::ReceiverReport::parse(packet);
    if (!report) return;
    blocks = report->blocks;
  } else {
    auto report = rtcp::SenderReport::parse(packet);
    if (!report) return;
    blocks = report->blocks;
  }
  rtcp::ReportBlock block;
  while (blocks.next(block)) {
    for (std::size_t i = 0; i < streams_.size(); ++i) {
      if (block.ssrc == streams_[i].audio_ssrc) seats_[i]->audio_sent.known_to_receiver = true;
      if (block.ssrc != streams_[i].video_ssrc) continue;
      seats_[i]->video_sent.known_to_receiver = true;
      budget_.on_loss(now, block.fraction_lost);
    }
    if (auto trip = rtcp::round_trip(block, now)) {
      round_trip_ = std::clamp(*trip, kShortestRoundTrip, kLongestRoundTrip);
    }
  }
}

void Subscriber::handle_nack(Time now, const rtcp::Packet& packet, PacketSink& sink,
                             ConferenceStats& stats) {
  auto nack = rtcp::Nack::parse(packet);
  if (!nack) return;
  std::uint32_t index = 0;
  Seat* seat = video_seat(nack->media_ssrc(), index);
  if (!seat || !seat->video || !connected_) return;
  if (!seat->resends) seat->resends = std::make_unique<ResendHistory>();
  std::uint16_t sequence_number = 0;
  while (nack->next(sequence_number)) {
    if (!seat->resends->allow(now, sequence_number, round_trip_)) continue;
    // Looking costs too: one datagram can ask for 8,000 numbers, of which nothing is kept.
    if (!resend_budget_.take(now)) return;
    resend(now, *seat, streams_[index], sequence_number, sink, stats);
  }
}

}  // namespace sotto::bridge
