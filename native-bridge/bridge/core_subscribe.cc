#include <algorithm>
#include <utility>

#include "bridge/core.h"
#include "bridge/negotiated_media.h"
#include "sdp/subscribe_answer.h"
#include "sdp/subscribe_offer.h"

namespace sotto::bridge {
namespace {

using signaling::ErrorCode;
using signaling::MessageError;

MessageError bad_sdp(std::string what) {
  return {ErrorCode::kBadSdp, "sdp", std::move(what)};
}

}  // namespace

void Bridge::Core::offer_if_due(Time now, Endpoint& endpoint) {
  // Away: the resumed socket will ask again.
  if (endpoint.socket && endpoint.offers.due()) make_offer(now, endpoint, std::nullopt);
}

void Bridge::Core::make_offer(Time now, Endpoint& endpoint, const MessageId& id) {
  if (!endpoint.subscribe) {
    replace_connection(now, endpoint, Connection::kSubscribe,
                       std::make_unique<MediaConnection>(endpoint, Connection::kSubscribe,
                                                         identity_, random_, timers, now));
  }
  MediaConnection& connection = *endpoint.subscribe;
  // Before the first answer there is nothing to restart.
  if (endpoint.offers.restart_needed() && connection.transport.remote_ice()) {
    connection.transport.prepare_restart();
    paths_.register_ufrag(connection);
  }
  const auto all = endpoint.room.conference.seats(endpoint.index);
  const std::size_t count =
      std::min(all.size(), std::max(endpoint.offers.needed(), endpoint.offers.seats()));
  std::vector<sdp::SeatStreams> streams;
  for (const SeatStreams& seat : all.first(count)) {
    streams.push_back({seat.audio_ssrc, seat.video_ssrc, seat.video_rtx_ssrc, seat.cname});
  }
  endpoint.offers.offered(
      count, sdp::write_subscribe_offer(connection.next_description(config_.candidates), streams));
  send(endpoint, text_of(id, current_offer(endpoint)));
}

signaling::Offer Bridge::Core::current_offer(const Endpoint& endpoint) const {
  signaling::Offer offer;
  offer.generation = endpoint.offers.generation();
  offer.sdp = endpoint.offers.sdp();
  for (std::size_t i = 0; i < endpoint.offers.seats(); ++i) {
    offer.seats.push_back({static_cast<std::uint32_t>(i), sdp::audio_mid(i), sdp::video_mid(i)});
  }
  return offer;
}

Bridge::Core::Refusal Bridge::Core::on(Time now, Socket& socket, const MessageId& id,
                                       const signaling::Answer& answer) {
  Endpoint& endpoint = *socket.endpoint;
  SubscribeOffers& offers = endpoint.offers;
  if (answer.generation > offers.generation()) {
    return MessageError{ErrorCode::kBadField, "generation", "no such offer has been made"};
  }
  if (answer.generation < offers.generation() || !offers.unanswered()) {
    acknowledge(socket, id);
    return std::nullopt;
  }
  const auto parsed = sdp::parse(answer.sdp);
  if (const auto* error = std::get_if<sdp::SdpError>(&parsed)) return bad_sdp(error->what);
  const auto read =
      sdp::read_subscribe_answer(std::get<sdp::SessionDescription>(parsed), offers.seats());
  if (const auto* error = std::get_if<sdp::SdpError>(&read)) return bad_sdp(error->what);
  const auto& accepted = std::get<sdp::SubscribeAnswer>(read);
  const auto fingerprint = MediaConnection::fingerprint_of(accepted.remote);
  if (!fingerprint) return bad_sdp("a=fingerprint must be sha-256");
  MediaConnection& connection = *endpoint.subscribe;
  const auto& known = connection.remote_fingerprint();
  if (known && *known != *fingerprint) {
    return bad_sdp("a=fingerprint has changed; a new PeerConnection needs request-offer, renew");
  }

  acknowledge(socket, id);
  offers.answered();
  connection.set_remote(MediaConnection::ice_of(accepted.remote), *fingerprint);
  Conference& conference = endpoint.room.conference;
  conference.set_seats_negotiated(now, endpoint.index, offers.seats(),
                                  subscribe_parameters(accepted));
  follow(now, connection);
  settle(now, endpoint.room);
  offer_if_due(now, endpoint);
  return std::nullopt;
}

Bridge::Core::Refusal Bridge::Core::on(Time now, Socket& socket, const MessageId& id,
                                       const signaling::RequestOffer& request) {
  Endpoint& endpoint = *socket.endpoint;
  // A connection that has failed never comes back: whatever was asked for, it takes a new one.
  const bool failed = endpoint.subscribe && endpoint.subscribe->transport.failed();
  if (request.renew || failed) {
    replace_connection(now, endpoint, Connection::kSubscribe, nullptr);
    endpoint.offers.start_over();
  } else if (request.ice_restart) {
    endpoint.offers.need_restart();
  }
  // The client asks because the last offer is of no use to it: the new one takes its place.
  make_offer(now, endpoint, id);
  settle(now, endpoint.room);
  return std::nullopt;
}

Bridge::Core::Refusal Bridge::Core::on(Time now, Socket& socket, const MessageId& id,
                                       const signaling::Subscribe& subscribe) {
  Endpoint& endpoint = *socket.endpoint;
  std::vector<Want> wants;
  wants.reserve(subscribe.want.size());
  for (const signaling::Want& want : subscribe.want) {
    // Who has left meanwhile is no error.
    if (const Endpoint* wanted = endpoint.room.find(want.endpoint)) {
      wants.push_back({wanted->index, want.group, want.height});
    }
  }
  endpoint.room.conference.set_wants(now, endpoint.index, wants);
  acknowledge(socket, id);
  settle(now, endpoint.room);
  return std::nullopt;
}

void Bridge::Core::replace_connection(Time now, Endpoint& endpoint, Connection kind,
                                      std::unique_ptr<MediaConnection> connection) {
  std::unique_ptr<MediaConnection>& place = endpoint.connection(kind);
  if (place) {
    place->transport.close(datagrams);
    paths_.forget(*place);
    endpoint.room.conference.set_connected(now, endpoint.index, kind, false);
  }
  place = std::move(connection);
  if (!place) return;
  paths_.register_ufrag(*place);
  place->timer.set(place->transport.next_timeout());
}

}  // namespace sotto::bridge
