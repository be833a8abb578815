// The sending half of one endpoint: its seats, and the way of each packet out to them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/bytes.h"
#include "base/random.h"
#include "base/time.h"
#include "rtcp/packet.h"
#include "rtp/extension_writer.h"
#include "sfu/bandwidth_budget.h"
#include "sfu/conference_event.h"
#include "sfu/conference_stats.h"
#include "sfu/deadline_heap.h"
#include "sfu/feedback_datagram.h"
#include "sfu/negotiated.h"
#include "sfu/packet_sink.h"
#include "sfu/publisher.h"
#include "sfu/seat.h"

namespace sotto::bridge {

class Subscriber {
 public:
  // `deadlines`: of all endpoints, so that a publisher is woken to ask for a key frame.
  Subscriber(EndpointIndex owner, RandomSource& random, DeadlineHeap& deadlines)
      : owner_(owner), random_(random), deadlines_(deadlines) {}

  // Makes seats up to `count`; false when there are as many already.
  bool grow(std::size_t count);
  std::span<const SeatStreams> streams() const { return streams_; }
  void set_negotiated(std::size_t count, const SubscribeParameters& parameters);
  std::size_t negotiated() const { return negotiated_; }
  void set_connected(bool connected);

  Seat& seat(std::size_t index) { return *seats_[index]; }
  const Seat& seat(std::size_t index) const { return *seats_[index]; }
  std::size_t seat_count() const { return seats_.size(); }

  // Shows these tracks (either may be null) in a seat; keeps the tracks' lists of subscribers.
  void place(std::size_t seat, std::optional<Occupant> occupant, Track* audio, Track* video);
  // The track is about to go; its list of subscribers is the caller's.
  void forget_track(std::size_t seat, const Track& track);
  // Seats by how much they are wanted, for sharing bandwidth.
  void set_priority(std::vector<std::uint32_t> order) { priority_ = std::move(order); }

  // Chooses a layer for every seat, asks publishers for the key frames that this needs.
  void select_layers(Time now);

  void forward(Time now, std::uint32_t seat, const ReceivedPacket& packet,
               const OutgoingExtensions& extensions, PacketSink& sink, ConferenceStats& stats);
  void handle_rtcp(Time now, ByteView datagram, PacketSink& sink, ConferenceStats& stats);
  void handle_timeout(Time now, PacketSink& sink);
  Time next_timeout() const { return report_at_; }

 private:
  static constexpr Duration kReportInterval = std::chrono::seconds(1);
  static constexpr Duration kReportDelay = std::chrono::milliseconds(20);  // after a switch

  void match(Seat& seat);
  std::optional<Renumbering> renumber(Time now, Seat& seat, const ReceivedPacket& packet,
                                      bool& switched);
  void report_soon(Time now, Duration delay);
  // Fills demands_; returns the bit rate of the videos that flow.
  std::uint64_t collect_demands(Time now);
  void apply(Time now, Seat& seat, std::optional<std::uint8_t> layer);
  void request_key_frame(Time now, const Seat& seat);
  // Whether anything was sent since the last reports.
  bool send_reports(Time now, PacketSink& sink);
  Seat* video_seat(std::uint32_t ssrc, std::uint32_t& index);
  void handle_packet(Time now, const rtcp::Packet& packet, PacketSink& sink,
                     ConferenceStats& stats);
  void handle_nack(Time now, const rtcp::Packet& packet, PacketSink& sink, ConferenceStats& stats);
  void resend(Time now, Seat& seat, const SeatStreams& streams, std::uint16_t sequence_number,
              PacketSink& sink, ConferenceStats& stats);
  void handle_report(Time now, const rtcp::Packet& packet);

  EndpointIndex owner_;
  RandomSource& random_;
  DeadlineHeap& deadlines_;
  std::vector<SeatStreams> streams_;
  std::vector<std::unique_ptr<Seat>> seats_;
  std::size_t negotiated_ = 0;
  bool connected_ = false;
  std::vector<TrackCodec> audio_codecs_;
  std::vector<TrackCodec> video_codecs_;
  ExtensionMap audio_extensions_;
  ExtensionMap video_extensions_;
  std::vector<std::uint32_t> priority_;
  std::vector<VideoDemand> demands_;  // reused
  BandwidthBudget budget_;
  ResendBudget resend_budget_;
  Duration round_trip_ = std::chrono::milliseconds(100);
  Time report_at_ = Time::max();
};

}  // namespace sotto::bridge
