// What an operator chooses. Every bound here exists because somebody can ask for more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "auth/admission.h"
#include "base/time.h"
#include "datagram/address.h"
#include "delivery/limits.h"

namespace sotto::bridge {

// One candidate of the SDP: where datagrams (and, with `tcp`, ICE-TCP connections) reach us.
struct CandidateAddress {
  Address address;
  bool tcp = true;  // also offer a passive ICE-TCP candidate on the same port
};

struct BridgeLimits {
  std::size_t sockets = 20000;
  std::size_t rooms = 10000;
  std::size_t endpoints = 10000;  // of all rooms
  std::size_t endpoints_per_room = 500;
  std::size_t seats = 16;  // of one receiver
  std::size_t message_bytes = 256 * 1024;
  std::size_t state_chars = 8192;
  double messages_per_second = 60;
  std::size_t message_burst = 120;
  // Messages that are refused with `rate-limited` before the socket is closed with 4008.
  std::size_t refused_messages = 120;
  // Paths (5-tuples) that one connection may hold in the map of datagrams.
  std::size_t paths_per_connection = 16;
  // Tokens that one address may have checked, after ten seconds' worth at once.
  double token_checks_per_second = 20;
  delivery::DeliveryLimits delivery;
};

struct BridgeConfig {
  std::vector<CandidateAddress> candidates;
  BridgeLimits limits;
  // Who may come in; nothing: everybody.
  std::optional<auth::AdmissionRules> admission;
  Duration join_timeout = std::chrono::seconds(10);
  Duration resume_window = std::chrono::seconds(30);
  // WebSocket pings are the shell's work; it reads the times here so that all times are in one
  // place.
  Duration ping_interval = std::chrono::seconds(10);
  Duration ping_timeout = std::chrono::seconds(30);
  // A path on which its connection has made no check for so long may go to another connection.
  Duration path_lifetime = std::chrono::seconds(15);
};

}  // namespace sotto::bridge
