// The inside of a Conference: its endpoints, and what goes on between them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "sfu/conference.h"
#include "sfu/deadline_heap.h"
#include "sfu/publisher.h"
#include "sfu/seat_assignment.h"
#include "sfu/speaker_detector.h"
#include "sfu/subscriber.h"

namespace sotto::bridge {

class Conference::Impl {
 public:
  Impl(const ConferenceLimits& limits, RandomSource& random);

  std::optional<EndpointIndex> add_endpoint();
  void remove_endpoint(Time now, EndpointIndex index);
  void set_published(Time now, EndpointIndex index, std::span<const PublishedTrack> tracks);
  bool set_paused(EndpointIndex index, TrackId id, bool paused);
  void set_seats_negotiated(Time now, EndpointIndex index, std::size_t count,
                            const SubscribeParameters& parameters);
  void set_wants(Time now, EndpointIndex index, std::span<const Want> wants);
  void set_connected(Time now, EndpointIndex index, Connection connection, bool connected);
  void handle_rtp(Time now, EndpointIndex from, MutableBytes packet, PacketSink& sink);
  void handle_rtcp(Time now, EndpointIndex from, Connection connection, ByteView packet,
                   PacketSink& sink);
  void handle_timeout(Time now, PacketSink& sink);
  Time next_timeout() const;
  std::vector<SeatView> seat_views(EndpointIndex index) const;

  struct Endpoint {
    Endpoint(EndpointIndex index, std::uint32_t ssrc, RandomSource& random,
             DeadlineHeap& deadlines)
        : publisher(index, ssrc), subscriber(index, random, deadlines) {}
    Publisher publisher;
    Subscriber subscriber;
    std::vector<Want> wants;
    bool has_wants = false;
    std::vector<GroupKey> chosen;  // whom the seats are for, most wanted first
  };
  const Endpoint& endpoint(EndpointIndex index) const { return *endpoints_[slot(index)]; }
  Endpoint& endpoint(EndpointIndex index) { return *endpoints_[slot(index)]; }

  std::deque<ConferenceEvent> events;
  std::size_t endpoint_count = 0;
  ConferenceStats stats;
  SpeakerDetector speakers;

 private:
  // Seating (conference_seating.cc).
  bool has_group(GroupKey key) const;
  void update_order(EndpointIndex index);
  std::optional<Occupant> occupant(std::optional<GroupKey> key) const;
  // `changed`: whose tracks, or who as a receiver, is other than before. Cheap for those whom
  // that does not concern.
  void reseat(Time now, EndpointIndex index, EndpointIndex changed);
  void reseat_all(Time now, EndpointIndex changed);
  // Where the chosen go, from where they sit.
  void choose(EndpointIndex index);
  void place(EndpointIndex index);
  void apply_heights(EndpointIndex index);
  std::uint32_t wanted_height(const Endpoint& self, GroupKey key) const;
  void drop_track(Track& track);
  void on_speakers(Time now);

  // Packets (conference_media.cc).
  void select_layers(Time now, const Track& track);
  void run_endpoint(Time now, std::size_t index, PacketSink& sink);

  ConferenceLimits limits_;
  RandomSource& random_;
  std::vector<std::unique_ptr<Endpoint>> endpoints_;
  std::vector<std::size_t> free_;
  DeadlineHeap deadlines_;
  GroupOrder order_;
  // Reused from call to call.
  std::vector<GroupKey> wanted_;
  std::vector<GroupKey> chosen_;
  std::vector<std::optional<GroupKey>> placed_;
};

}  // namespace sotto::bridge
