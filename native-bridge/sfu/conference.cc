#include "sfu/conference.h"

#include "sfu/conference_impl.h"

namespace sotto::bridge {

Conference::Conference(const ConferenceLimits& limits, RandomSource& random)
    : impl_(std::make_unique<Impl>(limits, random)) {}
Conference::~Conference() = default;
Conference::Conference(Conference&&) noexcept = default;
Conference& Conference::operator=(Conference&&) noexcept = default;

std::optional<EndpointIndex> Conference::add_endpoint(Time) { return impl_->add_endpoint(); }

void Conference::remove_endpoint(Time now, EndpointIndex endpoint) {
  impl_->remove_endpoint(now, endpoint);
}

std::size_t Conference::endpoint_count() const { return impl_->endpoint_count; }

void Conference::set_published(Time now, EndpointIndex endpoint,
                               std::span<const PublishedTrack> tracks) {
  impl_->set_published(now, endpoint, tracks);
}

bool Conference::set_paused(Time, EndpointIndex endpoint, TrackId track, bool paused) {
  return impl_->set_paused(endpoint, track, paused);
}

std::span<const SeatStreams> Conference::seats(EndpointIndex endpoint) const {
  return impl_->endpoint(endpoint).subscriber.streams();
}

void Conference::set_seats_negotiated(Time now, EndpointIndex endpoint, std::size_t count,
                                      const SubscribeParameters& parameters) {
  impl_->set_seats_negotiated(now, endpoint, count, parameters);
}

void Conference::set_wants(Time now, EndpointIndex endpoint, std::span<const Want> wants) {
  impl_->set_wants(now, endpoint, wants);
}

void Conference::set_connected(Time now, EndpointIndex endpoint, Connection connection,
                               bool connected) {
  impl_->set_connected(now, endpoint, connection, connected);
}

void Conference::handle_rtp(Time now, EndpointIndex from, MutableBytes packet, PacketSink& sink) {
  impl_->handle_rtp(now, from, packet, sink);
}

void Conference::handle_rtcp(Time now, EndpointIndex from, Connection connection, ByteView packet,
                             PacketSink& sink) {
  impl_->handle_rtcp(now, from, connection, packet, sink);
}

void Conference::handle_timeout(Time now, PacketSink& sink) { impl_->handle_timeout(now, sink); }

Time Conference::next_timeout() const { return impl_->next_timeout(); }

std::optional<ConferenceEvent> Conference::poll_event() {
  if (impl_->events.empty()) return std::nullopt;
  ConferenceEvent event = std::move(impl_->events.front());
  impl_->events.pop_front();
  return event;
}

std::vector<SeatView> Conference::seat_views(EndpointIndex endpoint) const {
  return impl_->seat_views(endpoint);
}

std::vector<EndpointIndex> Conference::speakers() const { return impl_->speakers.speakers(); }

const ConferenceStats& Conference::stats() const { return impl_->stats; }

}  // namespace sotto::bridge
