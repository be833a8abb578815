// The bridge's rooms, endpoints and sockets, and what each message does to them. The parts:
//
//   core_socket.cc     sockets, limits, which message goes where
//   core_join.cc       join and resume
//   core_admission.cc  who may join
//   core_publish.cc    publish and pause
//   core_subscribe.cc  offers, answers, wants
//   core_room.cc       what everybody hears; leaving
//   core_media.cc      datagrams and deadlines
//   core_delivery.cc   messages of the group
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "bridge/address_allowance.h"
#include "bridge/bridge.h"
#include "bridge/endpoint.h"
#include "bridge/outbox.h"
#include "bridge/path_table.h"
#include "bridge/prepared_publish.h"
#include "bridge/room.h"
#include "bridge/socket.h"
#include "bridge/timer_queue.h"
#include "sfu/conference_event.h"
#include "signaling/bridge_message.h"
#include "signaling/client_message.h"
#include "signaling/parse_message.h"

namespace sotto::bridge {

class Bridge::Core {
 public:
  Core(const BridgeConfig& config, const Identity& identity, RandomSource& random)
      : config_(config),
        identity_(identity),
        random_(random),
        backlog_(config_.limits.delivery.backlog_bytes_of_all),
        paths_(config.path_lifetime, config.limits.paths_per_connection),
        token_checks_(config.limits.token_checks_per_second,
                      10 * config.limits.token_checks_per_second) {}

  void handle_open(Time now, SocketId id, std::string_view remote_ip);
  void handle_message(Time now, SocketId id, std::string_view text);
  void handle_binary(Time now, SocketId id, ByteView bytes);
  void handle_oversized(Time now, SocketId id);
  void handle_close(Time now, SocketId id);
  void handle_datagram(Time now, const Path& path, MutableBytes datagram);
  void handle_path_closed(Time now, std::uint64_t tcp_connection);
  void set_token_keys(std::shared_ptr<const auth::KeySet> keys);
  void set_unix_time(Time now, auth::UnixSeconds seconds);
  void handle_timeout(Time now);
  void shutdown(Time now);
  BridgeStats stats() const;

  TimerQueue timers;
  DatagramQueue datagrams{kQueuedBytes, kQueuedDatagrams};
  Outbox outbox;

 private:
  // What may wait between two flushes of the shell: a packet to each of 500 receivers, many times.
  static constexpr std::size_t kQueuedBytes = 24u << 20;
  static constexpr std::size_t kQueuedDatagrams = 16384;

  using MessageId = signaling::MessageId;
  // Why a message was not acted on; empty when it was.
  using Refusal = std::optional<signaling::MessageError>;

  // Sockets.
  Socket* find_socket(SocketId id) const;
  Refusal act(Time now, Socket& socket, const signaling::ParsedMessage& parsed);
  static signaling::MessageError too_many();
  bool afford(Time now, Socket& socket, const signaling::ClientMessage& message);
  void refuse(Time now, Socket& socket, const MessageId& id, const signaling::MessageError& error);
  void close_socket(Time now, Socket& socket, std::string text, std::uint16_t code,
                    std::string reason);
  void forget_socket(Time now, Socket& socket);
  void send(const Endpoint& endpoint, std::string text);
  void acknowledge(const Socket& socket, const MessageId& id);

  // One for each message of a client.
  Refusal on(Time now, Socket& socket, const MessageId& id, const signaling::Join& join);
  Refusal on(Time now, Socket& socket, const MessageId& id, const signaling::Publish& publish);
  Refusal on(Time now, Socket& socket, const MessageId& id, const signaling::Pause& pause);
  Refusal on(Time now, Socket& socket, const MessageId& id, const signaling::Subscribe& subscribe);
  Refusal on(Time now, Socket& socket, const MessageId& id, const signaling::Answer& answer);
  Refusal on(Time now, Socket& socket, const MessageId& id, const signaling::RequestOffer& request);
  Refusal on(Time now, Socket& socket, const MessageId& id, const signaling::SetState& state);
  Refusal on(Time now, Socket& socket, const MessageId& id, const signaling::Follow& follow);
  Refusal on(Time now, Socket& socket, const MessageId& id, const signaling::Ping& ping);
  Refusal on(Time now, Socket& socket, const MessageId& id, const signaling::Leave& leave);

  // Joining.
  Refusal admit(Time now, const Socket& socket, const signaling::Join& join);
  auth::UnixSeconds unix_time(Time now) const;
  bool has_room_for_one_more(const Room* room) const;
  Refusal join_afresh(Time now, Socket& socket, const MessageId& id, const signaling::Join& join);
  Refusal resume(Time now, Socket& socket, const MessageId& id, Endpoint& endpoint,
                 const signaling::Join& join);
  void attach(Time now, Socket& socket, Endpoint& endpoint);
  signaling::Joined joined(Endpoint& endpoint, bool resumed);
  signaling::SeatedView seated(const Room& room, const SeatView& seat) const;

  // Publishing.
  std::variant<PreparedPublish, signaling::MessageError> prepare(Time now, Endpoint& endpoint,
                                                                 const signaling::Publish& publish,
                                                                 const std::string& prefix);
  // Cannot fail. True when the tracks that others see have changed.
  bool commit(Time now, Endpoint& endpoint, PreparedPublish prepared);

  // Subscribing.
  void offer_if_due(Time now, Endpoint& endpoint);
  void make_offer(Time now, Endpoint& endpoint, const MessageId& id);
  signaling::Offer current_offer(const Endpoint& endpoint) const;
  void replace_connection(Time now, Endpoint& endpoint, Connection kind,
                          std::unique_ptr<MediaConnection> connection);

  // Rooms.
  Room* find_room(std::string_view name) const;
  // `text` to everybody in the room but `except`, who may be null.
  void broadcast(const Room& room, const Endpoint* except, const std::string& text);
  void remove_endpoint(Time now, Endpoint& endpoint, std::string_view reason);
  // What the conference has to say after any call into it, and when it wants to be called next.
  void settle(Time now, Room& room);
  void tell(Time now, Room& room, const SeatsChanged& event);
  void tell(Time now, Room& room, const SeatsNeeded& event);
  void tell(Time now, Room& room, const SpeakersChanged& event);

  // Delivery.
  RoomDelivery& delivery_of(Time now, Room& room);
  Refusal submit(Time now, Socket& socket, const delivery::ClientFrame& frame);
  // What the delivery service has to send after any call into it, and when it wants to be called.
  void settle(RoomDelivery& delivery);
  void stop_following(Endpoint& endpoint);
  static void count(const Room& room, BridgeStats& sum);

  // Media.
  void follow(Time now, MediaConnection& connection);
  void on_due(Time now, Socket& socket);
  void on_due(Time now, Endpoint& endpoint);
  void on_due(Time now, MediaConnection& connection);
  void on_due(Time now, Room& room);
  void on_due(Time now, RoomDelivery& delivery);

  const BridgeConfig config_;
  const Identity& identity_;
  RandomSource& random_;
  delivery::SharedBytes backlog_;  // outlives the rooms
  PathTable paths_;
  std::shared_ptr<const auth::KeySet> token_keys_ = std::make_shared<const auth::KeySet>();
  std::optional<std::int64_t> unix_at_zero_;  // microseconds, when `now` was 0
  AddressAllowance token_checks_;
  std::map<std::string, std::unique_ptr<Room>, std::less<>> rooms_;
  std::unordered_map<SocketId, std::unique_ptr<Socket>> sockets_;
  std::size_t endpoints_ = 0;
  std::size_t away_ = 0;
  BridgeStats counters_;
  ConferenceStats ended_;  // of rooms that are gone
};

}  // namespace sotto::bridge
