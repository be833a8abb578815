// One room's media: who publishes what, who sits in whose seats, and the path of every packet
// from one publisher to all who see it. Sans-I/O; one thread.
//
// Contract: call one mutator; write into the sink what comes; drain poll_event(); call
// handle_timeout() at next_timeout() (Time::max(): nothing to wait for). An EndpointIndex is
// valid from add_endpoint() to remove_endpoint(); anything a *client* said is checked here,
// an index out of range is the caller's error.
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
#include "sfu/conference_event.h"
#include "sfu/conference_stats.h"
#include "sfu/media_types.h"
#include "sfu/negotiated.h"
#include "sfu/packet_sink.h"

namespace sotto::bridge {

struct ConferenceLimits {
  std::size_t endpoints = 500;
  std::size_t seats = 16;      // a receiver's most
  std::size_t wants = 64;      // of one subscribe message; the rest is ignored
};

// One entry of `subscribe`. `height` in CSS pixels; 0: only audio.
struct Want {
  EndpointIndex endpoint{};
  Group group = Group::kCamera;
  std::uint32_t height = 0;
};

class Conference {
 public:
  Conference(const ConferenceLimits& limits, RandomSource& random);
  ~Conference();
  Conference(Conference&&) noexcept;
  Conference& operator=(Conference&&) noexcept;

  // Nothing when the conference is full.
  std::optional<EndpointIndex> add_endpoint(Time now);
  void remove_endpoint(Time now, EndpointIndex endpoint);
  std::size_t endpoint_count() const;

  // Publishing: all tracks now sent, after every SDP exchange. Tracks that stay (by id) keep
  // their state; those left out end. At most one track a source: later ones are ignored.
  void set_published(Time now, EndpointIndex endpoint, std::span<const PublishedTrack> tracks);
  // The publisher said so; its seats stay. False: no such track of this endpoint.
  bool set_paused(Time now, EndpointIndex endpoint, TrackId track, bool paused);

  // Subscribing. Seats are made by the conference (SeatsNeeded tells how many), offered by the
  // caller, and used once answered: set_seats_negotiated(count) after each answer.
  std::span<const SeatStreams> seats(EndpointIndex endpoint) const;
  void set_seats_negotiated(Time now, EndpointIndex endpoint, std::size_t count,
                            const SubscribeParameters& parameters);
  // In order, most wanted first. Unknown endpoints are ignored by the caller.
  void set_wants(Time now, EndpointIndex endpoint, std::span<const Want> wants);

  // DTLS is up or gone. Seats have occupants once they are negotiated; packets flow, and key
  // frames are asked for, while kSubscribe is connected.
  void set_connected(Time now, EndpointIndex endpoint, Connection connection, bool connected);

  // Plain RTP and RTCP as they came from a peer; nothing in them is trusted. RTP may be
  // changed in place.
  void handle_rtp(Time now, EndpointIndex from, MutableBytes packet, PacketSink& sink);
  void handle_rtcp(Time now, EndpointIndex from, Connection connection, ByteView packet,
                   PacketSink& sink);

  void handle_timeout(Time now, PacketSink& sink);
  Time next_timeout() const;

  std::optional<ConferenceEvent> poll_event();

  // Snapshots for a client that resumes: every negotiated seat, and the last speakers list.
  std::vector<SeatView> seat_views(EndpointIndex endpoint) const;
  std::vector<EndpointIndex> speakers() const;

  const ConferenceStats& stats() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sotto::bridge
