#include <utility>

#include "bridge/core.h"

namespace sotto::bridge {
namespace {

using signaling::ErrorCode;
using signaling::MessageError;

constexpr std::uint16_t kReplacedClose = 4005;

}  // namespace

Bridge::Core::Refusal Bridge::Core::on(Time now, Socket& socket, const MessageId& id,
                                       const signaling::Join& join) {
  if (socket.endpoint) {
    return MessageError{ErrorCode::kAlreadyJoined, "", "one `join` a socket"};
  }
  const Room* room = find_room(join.room);
  Endpoint* present = room ? room->find(join.endpoint) : nullptr;
  if (join.resume) {
    if (!present || !present->token.matches(*join.resume)) {
      return MessageError{ErrorCode::kResumeRefused, "resume", "wrong or expired token"};
    }
    return resume(now, socket, id, *present, join);
  }
  // Before a word about the room: whoever has no place in it learns nothing of who is there.
  if (Refusal refusal = admit(now, socket, join)) return refusal;
  if (present) {
    return MessageError{ErrorCode::kEndpointTaken, "endpoint", "in use; make a new random one"};
  }
  return join_afresh(now, socket, id, join);
}

bool Bridge::Core::has_room_for_one_more(const Room* room) const {
  const BridgeLimits& limits = config_.limits;
  if (counters_.draining || endpoints_ >= limits.endpoints) return false;
  return room ? room->endpoints.size() < limits.endpoints_per_room : rooms_.size() < limits.rooms;
}

Bridge::Core::Refusal Bridge::Core::join_afresh(Time now, Socket& socket, const MessageId& id,
                                                const signaling::Join& join) {
  const MessageError full{ErrorCode::kRoomFull, "room", "no place is left"};
  Room* room = find_room(join.room);
  if (!has_room_for_one_more(room)) return full;
  // A room that is new enters the map only when nothing can fail any more.
  std::unique_ptr<Room> fresh;
  if (!room) {
    ConferenceLimits limits;
    limits.endpoints = config_.limits.endpoints_per_room;
    limits.seats = config_.limits.seats;
    fresh = std::make_unique<Room>(join.room, limits, random_, timers, datagrams);
    room = fresh.get();
  }
  auto endpoint = std::make_unique<Endpoint>(*room, join.endpoint, timers);
  std::optional<PreparedPublish> publish;
  if (join.publish) {
    auto prepared = prepare(now, *endpoint, *join.publish, "publish.");
    if (const auto* error = std::get_if<MessageError>(&prepared)) return *error;
    publish = std::get<PreparedPublish>(std::move(prepared));
  }
  const auto index = room->conference.add_endpoint(now);
  if (!index) return full;

  Endpoint& added = *endpoint;
  added.index = *index;
  added.state = join.state.value_or("");
  room->add(std::move(endpoint));
  if (fresh) rooms_.emplace(join.room, std::move(fresh));
  ++endpoints_;
  ++counters_.joins;
  attach(now, socket, added);

  std::optional<signaling::Published> answer;
  if (publish) {
    answer = publish->answer;
    commit(now, added, *std::move(publish));
  }
  signaling::Joined reply = joined(added, false);
  reply.publish = std::move(answer);
  outbox.send(socket.id, text_of(id, reply));
  broadcast(*room, &added, signaling::endpoint_joined_text(added.view()));
  outbox.log({LogLevel::kInfo,
              "endpoint-joined",
              {{"endpoint", added.id}, {"in_room", std::to_string(room->endpoints.size())}},
              socket.remote_ip});
  settle(now, *room);
  return std::nullopt;
}

Bridge::Core::Refusal Bridge::Core::resume(Time now, Socket& socket, const MessageId& id,
                                           Endpoint& endpoint, const signaling::Join& join) {
  std::optional<signaling::Published> answer;
  bool tracks_changed = false;
  if (join.publish) {
    auto prepared = prepare(now, endpoint, *join.publish, "publish.");
    if (const auto* error = std::get_if<MessageError>(&prepared)) return *error;
    answer = std::get<PreparedPublish>(prepared).answer;
    tracks_changed = commit(now, endpoint, std::get<PreparedPublish>(std::move(prepared)));
  }
  if (Socket* older = endpoint.socket) {
    close_socket(now, *older, signaling::bye_text("replaced"), kReplacedClose, "replaced");
  }
  --away_;
  endpoint.away_timer.cancel();
  ++counters_.resumes;
  const bool state_changed = join.state && *join.state != endpoint.state;
  if (state_changed) endpoint.state = *join.state;
  attach(now, socket, endpoint);

  signaling::Joined reply = joined(endpoint, true);
  reply.publish = std::move(answer);
  outbox.send(socket.id, text_of(id, reply));
  Room& room = endpoint.room;
  if (state_changed) broadcast(room, &endpoint, signaling::state_text(endpoint.id, endpoint.state));
  if (tracks_changed) {
    broadcast(room, &endpoint, signaling::tracks_text(endpoint.id, endpoint.track_views()));
  }
  outbox.log({LogLevel::kInfo, "endpoint-resumed", {{"endpoint", endpoint.id}}, socket.remote_ip});
  settle(now, room);
  offer_if_due(now, endpoint);
  return std::nullopt;
}

void Bridge::Core::attach(Time, Socket& socket, Endpoint& endpoint) {
  socket.join_timer.cancel();
  socket.endpoint = &endpoint;
  endpoint.socket = &socket;
}

signaling::Joined Bridge::Core::joined(Endpoint& endpoint, bool resumed) {
  const Room& room = endpoint.room;
  signaling::Joined joined;
  joined.room = room.name;
  joined.endpoint = endpoint.id;
  joined.resume = endpoint.token.renew(random_);
  joined.resumed = resumed;
  for (const auto& [name, other] : room.endpoints) {
    if (other.get() != &endpoint) joined.endpoints.push_back(other->view());
  }
  const auto window = std::chrono::duration_cast<std::chrono::seconds>(config_.resume_window);
  joined.limits = {config_.limits.seats,
                   config_.limits.state_chars,
                   config_.limits.message_bytes,
                   static_cast<std::uint64_t>(window.count()),
                   config_.limits.delivery.handshake_bytes,
                   config_.limits.delivery.key_package_bytes,
                   config_.limits.delivery.welcome_bytes,
                   config_.limits.delivery.application_bytes};
  if (!resumed) return joined;
  joined.self = endpoint.view();
  joined.seats.emplace();
  for (const SeatView& seat : room.conference.seat_views(endpoint.index)) {
    joined.seats->push_back(seated(room, seat));
  }
  joined.speakers.emplace();
  for (const EndpointIndex index : room.conference.speakers()) {
    if (const Endpoint* speaker = room.find(index)) joined.speakers->push_back(speaker->id);
  }
  if (endpoint.offers.unanswered()) joined.offer = current_offer(endpoint);
  return joined;
}

}  // namespace sotto::bridge
