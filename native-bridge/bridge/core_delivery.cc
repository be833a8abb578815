#include <algorithm>
#include <utility>

#include "base/base64url.h"
#include "bridge/core.h"

namespace sotto::bridge {
namespace {

using delivery::ClientFrame;
using delivery::FrameError;
using delivery::FrameFault;
using delivery::FrameKind;
using signaling::ErrorCode;
using signaling::MessageError;

// Nothing here is urgent to less than this.
constexpr Duration kShortestWait = std::chrono::milliseconds(1);

MessageError error_of(FrameFault fault) {
  switch (fault) {
    case FrameFault::kUnknownKind:
      return {ErrorCode::kUnknownType, "", "no such kind of frame"};
    case FrameFault::kTooLarge:
      return {ErrorCode::kTooLarge, "", "larger than a message of its kind may be"};
    case FrameFault::kBadAddressees:
      return {ErrorCode::kBadFrame, "",
              "at least one endpoint, none twice, no more than a room has"};
    case FrameFault::kEmpty:
      return {ErrorCode::kBadFrame, "", "there is nothing in it"};
    case FrameFault::kTruncated:
      break;
  }
  return {ErrorCode::kBadFrame, "", "cut short"};
}

}  // namespace

void Bridge::Core::handle_binary(Time now, SocketId id, ByteView bytes) {
  Socket* socket = find_socket(id);
  if (!socket) return;
  ++counters_.messages_in;
  const BridgeLimits& limits = config_.limits;
  const auto parsed = delivery::parse_frame(bytes, limits.delivery, limits.endpoints_per_room);
  const auto* error = std::get_if<FrameError>(&parsed);
  const auto* frame = std::get_if<ClientFrame>(&parsed);
  const MessageId message_id = error ? MessageId(error->id) : MessageId(frame->id);
  Refusal refusal;
  if (!socket->messages.take(now)) {
    refusal = too_many();
  } else if (!socket->endpoint) {
    refusal = MessageError{ErrorCode::kNotJoined, "", "`join` comes first"};
  } else if (error) {
    refusal = error_of(error->fault);
  } else {
    refusal = submit(now, *socket, *frame);
  }
  if (refusal) refuse(now, *socket, message_id, *refusal);
}

Bridge::Core::Refusal Bridge::Core::submit(Time now, Socket& socket, const ClientFrame& frame) {
  const Endpoint& sender = *socket.endpoint;
  RoomDelivery& delivery = delivery_of(now, sender.room);
  const bool taken = delivery.service.submit(now, sender.name, frame);
  settle(delivery);
  if (!taken) return too_many();
  // The other kinds come back to their sender.
  if (frame.kind == FrameKind::kKeyPackage || frame.kind == FrameKind::kWelcome) {
    acknowledge(socket, frame.id);
  }
  return std::nullopt;
}

Bridge::Core::Refusal Bridge::Core::on(Time now, Socket& socket, const MessageId& id,
                                       const signaling::Follow& message) {
  Endpoint& endpoint = *socket.endpoint;
  RoomDelivery& delivery = delivery_of(now, endpoint.room);
  std::optional<delivery::Delivery::Had> had;
  if (message.had) had = {message.had->log, message.had->after};
  const auto position = delivery.service.follow(now, endpoint.name, had);
  endpoint.following = true;
  const std::string log = to_base64url(delivery.service.log());
  outbox.send(socket.id, signaling::log_text(id, log, position.last, position.complete));
  settle(delivery);
  outbox.send(socket.id, signaling::caught_up_text(log, position.last));
  return std::nullopt;
}

RoomDelivery& Bridge::Core::delivery_of(Time now, Room& room) {
  if (!room.delivery) {
    delivery::LogId log{};
    random_.fill(log);
    room.delivery =
        std::make_unique<RoomDelivery>(room, config_.limits.delivery, backlog_, log, timers, now);
  }
  return *room.delivery;
}

void Bridge::Core::settle(RoomDelivery& delivery) {
  const Room& room = delivery.room;
  while (auto output = delivery.service.poll_output()) {
    if (output->to) {
      const Endpoint* addressee = room.find(to_base64url(*output->to));
      if (addressee && addressee->socket) outbox.send(addressee->socket->id, output->frame);
      continue;
    }
    for (const Endpoint* endpoint : room.by_index) {
      if (endpoint && endpoint->following) outbox.send(endpoint->socket->id, output->frame);
    }
  }
  delivery.timer.set(delivery.service.next_timeout());
}

void Bridge::Core::on_due(Time now, RoomDelivery& delivery) {
  delivery.service.handle_timeout(now);
  settle(delivery);
  delivery.timer.set(std::max(delivery.timer.at(), now + kShortestWait));
}

void Bridge::Core::stop_following(Endpoint& endpoint) {
  if (!endpoint.following) return;
  endpoint.following = false;
  endpoint.room.delivery->service.unfollow(endpoint.name);
}

void Bridge::Core::count(const Room& room, BridgeStats& sum) {
  if (!room.delivery) return;
  const delivery::DeliveryCounters counters = room.delivery->service.counters();
  sum.handshakes += counters.handshakes;
  sum.key_packages += counters.key_packages;
  sum.welcomes += counters.welcomes;
  sum.applications += counters.applications;
}

}  // namespace sotto::bridge
