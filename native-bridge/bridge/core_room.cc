#include <utility>

#include "bridge/core.h"

namespace sotto::bridge {
namespace {

void add(ConferenceStats& sum, const ConferenceStats& stats) {
  sum.rtp_received += stats.rtp_received;
  sum.rtp_forwarded += stats.rtp_forwarded;
  sum.rtp_unidentified += stats.rtp_unidentified;
  sum.rtp_malformed += stats.rtp_malformed;
  sum.retransmitted += stats.retransmitted;
}

}  // namespace

Room* Bridge::Core::find_room(std::string_view name) const {
  const auto found = rooms_.find(name);
  return found == rooms_.end() ? nullptr : found->second.get();
}

void Bridge::Core::broadcast(const Room& room, const Endpoint* except, const std::string& text) {
  for (const auto& [name, endpoint] : room.endpoints) {
    if (endpoint.get() != except) send(*endpoint, text);
  }
}

Bridge::Core::Refusal Bridge::Core::on(Time now, Socket& socket, const MessageId& id,
                                       const signaling::SetState& message) {
  Endpoint& endpoint = *socket.endpoint;
  acknowledge(socket, id);
  if (endpoint.state == message.state) return std::nullopt;
  endpoint.state = message.state;
  broadcast(endpoint.room, &endpoint, signaling::state_text(endpoint.id, endpoint.state));
  settle(now, endpoint.room);
  return std::nullopt;
}

Bridge::Core::Refusal Bridge::Core::on(Time now, Socket& socket, const MessageId&,
                                       const signaling::Leave&) {
  remove_endpoint(now, *socket.endpoint, "left");
  close_socket(now, socket, "", 1000, "left");
  return std::nullopt;
}

void Bridge::Core::remove_endpoint(Time now, Endpoint& endpoint, std::string_view reason) {
  Room& room = endpoint.room;
  if (endpoint.socket) {
    endpoint.socket->endpoint = nullptr;
  } else {
    --away_;
  }
  --endpoints_;
  replace_connection(now, endpoint, Connection::kPublish, nullptr);
  replace_connection(now, endpoint, Connection::kSubscribe, nullptr);
  room.conference.remove_endpoint(now, endpoint.index);
  endpoint.following = false;
  if (room.delivery) room.delivery->service.leave(endpoint.name);
  const auto removed = room.remove(endpoint);
  broadcast(room, nullptr, signaling::endpoint_left_text(removed->id, reason));
  outbox.log({LogLevel::kInfo,
              "endpoint-left",
              {{"endpoint", removed->id}, {"reason", std::string(reason)}},
              ""});
  settle(now, room);
  if (!room.endpoints.empty()) return;
  add(ended_, room.conference.stats());
  count(room, counters_);
  rooms_.erase(rooms_.find(room.name));
}

void Bridge::Core::settle(Time now, Room& room) {
  while (const auto event = room.conference.poll_event()) {
    std::visit([&](const auto& about) { tell(now, room, about); }, *event);
  }
  room.timer.set(room.conference.next_timeout());
}

signaling::SeatedView Bridge::Core::seated(const Room& room, const SeatView& seat) const {
  signaling::SeatedView view;
  view.seat = seat.seat;
  const Endpoint* occupant = seat.occupant ? room.find(seat.occupant->endpoint) : nullptr;
  if (!occupant) return view;
  view.endpoint = occupant->id;
  view.group = seat.occupant->group;
  if (seat.occupant->audio) view.audio = track_text(*seat.occupant->audio);
  if (seat.occupant->video) view.video = track_text(*seat.occupant->video);
  return view;
}

void Bridge::Core::tell(Time, Room& room, const SeatsChanged& event) {
  const Endpoint* endpoint = room.find(event.endpoint);
  if (!endpoint) return;
  std::vector<signaling::SeatedView> seats;
  seats.reserve(event.seats.size());
  for (const SeatView& seat : event.seats) seats.push_back(seated(room, seat));
  send(*endpoint, signaling::seats_text(seats));
}

void Bridge::Core::tell(Time now, Room& room, const SeatsNeeded& event) {
  Endpoint* endpoint = room.find(event.endpoint);
  if (!endpoint) return;
  endpoint->offers.need_seats(event.count);
  offer_if_due(now, *endpoint);
}

void Bridge::Core::tell(Time, Room& room, const SpeakersChanged& event) {
  std::vector<std::string> speakers;
  for (const EndpointIndex index : event.speakers) {
    if (const Endpoint* speaker = room.find(index)) speakers.push_back(speaker->id);
  }
  broadcast(room, nullptr, signaling::speakers_text(speakers));
}

void Bridge::Core::shutdown(Time now) {
  counters_.draining = true;
  while (!sockets_.empty()) {
    Socket& socket = *sockets_.begin()->second;
    close_socket(now, socket, signaling::bye_text("shutdown"), 1001, "shutdown");
  }
  while (!rooms_.empty()) {
    remove_endpoint(now, *rooms_.begin()->second->endpoints.begin()->second, "shutdown");
  }
}

BridgeStats Bridge::Core::stats() const {
  ConferenceStats media = ended_;
  for (const auto& [name, room] : rooms_) add(media, room->conference.stats());
  BridgeStats stats = counters_;
  for (const auto& [name, room] : rooms_) count(*room, stats);
  stats.backlog_bytes = backlog_.used();
  stats.sockets = sockets_.size();
  stats.rooms = rooms_.size();
  stats.endpoints = endpoints_;
  stats.endpoints_away = away_;
  stats.paths = paths_.size();
  stats.messages_out = outbox.sent();
  stats.datagrams_dropped = datagrams.dropped();
  stats.rtp_in = media.rtp_received;
  stats.rtp_forwarded = media.rtp_forwarded;
  stats.rtp_resent = media.retransmitted;
  stats.rtp_dropped = media.rtp_unidentified + media.rtp_malformed;
  return stats;
}

}  // namespace sotto::bridge
