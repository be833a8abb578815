// What a Session is told once.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>

#include "base/time.h"
#include "crypto/ed25519.h"
#include "mls/wire/types.h"
#include "room/policy.h"
#include "room/room_context.h"
#include "room/room_link.h"

namespace sotto::room {

// A participant's connection, named by its client; what the delivery service says of it is a claim.
using Endpoint = std::array<std::uint8_t, 16>;

// How a room begins for whoever founds it.
struct RoomSettings {
  JoinPolicy join_policy = JoinPolicy::kOpen;
  bool media_encrypted = true;
  bool e2ee_permanent = false;
  CipherSuite sframe_suite = kSottoSuite;
};

struct SessionConfig {
  std::string room_id;
  RoomLink link;
  Endpoint endpoint{};  // mine
  std::shared_ptr<const Ed25519KeyPair> identity;
  std::string name;  // see display_name.h
  bool publishes = false;
  RoomSettings settings;
  mls::CipherSuite mls_suite = mls::CipherSuite::kX25519ChaCha20Poly1305Sha256Ed25519;
  Duration update_every = std::chrono::minutes(2);
  Policy policy;
};

}  // namespace sotto::room
