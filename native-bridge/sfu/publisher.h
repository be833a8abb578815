// The receiving half of one endpoint: takes its packets in, in order to hand each of them on
// once, and answers with the feedback that its encoder and congestion control need.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "base/bytes.h"
#include "base/time.h"
#include "cc/transport_feedback_sender.h"
#include "rtp/extension_reader.h"
#include "rtp/frame_info.h"
#include "rtp/packet.h"
#include "sfu/conference_stats.h"
#include "sfu/feedback_datagram.h"
#include "sfu/packet_sink.h"
#include "sfu/publisher_clock.h"
#include "sfu/stream_table.h"
#include "sfu/track.h"

namespace sotto::bridge {

// One media packet, first-hand or out of RTX, seen for the first time. The views are valid until
// the next packet.
struct ReceivedPacket {
  Track* track;
  std::uint8_t layer;
  std::uint8_t codec_index;  // into track->codecs()
  Codec codec;
  RtpView view;
  ExtensionValues extensions;
  FrameInfo frame;       // video only
  bool empty = false;    // padding, or nothing that a decoder could read: only a number
  std::int64_t sequence; // unwrapped, of this layer's stream
  Time capture;          // in the bridge's time, as far as is known
  bool opens_frame = false;     // follows the last packet of the frame before
  bool layers_changed = false;  // a layer began to send, or told its size
};

class Publisher {
 public:
  // `ssrc`: ours, as sender of feedback.
  Publisher(EndpointIndex owner, std::uint32_t ssrc) : owner_(owner), ssrc_(ssrc) {}

  const std::vector<std::unique_ptr<Track>>& tracks() const { return tracks_; }
  Track* find(TrackId id) const;
  Track* find(Source source) const;
  // Adds or updates; the caller has checked that the source is free.
  Track& put(const PublishedTrack& published);
  // The caller has taken it from every seat.
  void erase(TrackId id);

  // Nothing when there is nothing to forward. `packet` may be overwritten.
  std::optional<ReceivedPacket> receive(Time now, MutableBytes packet, ConferenceStats& stats);
  void handle_rtcp(Time now, ByteView datagram, ConferenceStats& stats);

  // Sends what is due. True when a layer's stopping was noticed: see Layer::active.
  bool handle_timeout(Time now, PacketSink& sink, ConferenceStats& stats);
  Time next_timeout() const;
  // Cheap lower bounds of it, after any packet and after one of that layer.
  Time feedback_deadline() const;
  Time layer_deadline(const Layer& layer) const;

 private:
  static constexpr Duration kRoundTrip = std::chrono::milliseconds(80);
  static constexpr Duration kReportInterval = std::chrono::seconds(1);
  static constexpr Duration kMaxSkew = std::chrono::seconds(2);

  struct Unpacked {
    RtpView view;
    ExtensionValues extensions;
    std::uint8_t codec_index;
  };
  std::optional<Unpacked> restore(const RtpView& rtx, const StreamRef& stream);
  bool accept(Time now, const StreamRef& stream, const RtpView& view, std::int64_t& sequence);
  static void follow_frames(LayerStream& stream, std::uint32_t timestamp, std::int64_t sequence,
                            std::optional<std::int64_t> newest_before);
  void inspect(ReceivedPacket& packet);
  void read_sender_report(Time now, const rtcp::Packet& packet);
  Time capture_time(Time now, const Track& track, const LayerStream& stream,
                    std::uint32_t timestamp) const;
  void send_report(Time now, FeedbackDatagram& out);
  void send_transport_feedback(Time now, FeedbackDatagram& out);
  void send_requests(Time now, Track& track, Layer& layer, FeedbackDatagram& out,
                     ConferenceStats& stats);

  EndpointIndex owner_;
  std::uint32_t ssrc_;
  std::vector<std::unique_ptr<Track>> tracks_;
  StreamTable streams_;
  PublisherClock clock_;
  std::unique_ptr<TransportFeedbackSender> transport_feedback_;  // made when wanted
  std::optional<Time> report_at_;  // while packets come
  std::vector<std::uint8_t> restored_;
};

}  // namespace sotto::bridge
