// Every bound of the delivery service. What an operator may choose stands in docs/configuration.md.
#pragma once

#include <cstddef>

#include "base/time.h"

namespace sotto::bridge::delivery {

struct DeliveryLimits {
  // Of one message, without what the frame adds.
  std::size_t handshake_bytes = 128u << 10;
  std::size_t key_package_bytes = 8u << 10;
  std::size_t welcome_bytes = 1u << 20;
  std::size_t application_bytes = 32u << 10;

  // Of one endpoint. Its bytes a second follow from the sizes: half a largest handshake, a largest
  // Welcome, a largest application message.
  double handshakes_per_second = 10;  // with key packages and Welcomes
  double applications_per_second = 20;
  // Of a room, to all receivers together: of handshakes, of application messages, and of Welcomes
  // with key packages; each apart, so that none starves another.
  double room_bytes_per_second = 32u << 20;
  double burst_seconds = 5;  // of an endpoint
  double room_burst_seconds = 2;
  // What may wait for an endpoint's turn: this many largest messages.
  std::size_t waiting_messages = 4;

  // Of a room: what is kept for those who come back.
  std::size_t backlog_messages = 4096;
  std::size_t backlog_bytes = 16u << 20;
  Duration backlog_age = std::chrono::seconds(120);
  // Of all rooms, with what waits for its turn. Beyond, each room keeps little_bytes.
  std::size_t backlog_bytes_of_all = 512u << 20;
  std::size_t little_bytes = 64u << 10;

  Duration key_package_age = std::chrono::minutes(10);
  std::size_t welcomes_per_endpoint = 4;  // kept, from different senders

  // Application messages that come closer together than this share a frame.
  Duration gathering = std::chrono::milliseconds(40);
  std::size_t gathered_bytes = 64u << 10;

  bool operator==(const DeliveryLimits&) const = default;

  // The largest frame that a client may send: a Welcome to everybody.
  std::size_t frame_bytes(std::size_t endpoints) const;
};

}  // namespace sotto::bridge::delivery
