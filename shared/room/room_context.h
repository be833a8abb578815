// What all members agree on about their room (security profile, section 6): GroupContext extension
// 0xF5A0. RFC 9420's presentation language:
//
//   struct {
//     opaque room_id<V>;                       1 to 64 bytes
//     uint32 gen;                              of the link that admits
//     uint8  join_policy;                      0 open, 1 knock, 2 locked
//     uint8  media;                            0 off, 1 on: whether frames are encrypted
//     uint8  e2ee_permanent;                   0 or 1: 1 stays, and with it media stays 1
//     uint16 sframe_suite;                     e.g. 0xF001
//     opaque moderators<V>;                    identity keys of 32 bytes, one behind the other,
//     opaque banned<V>;                        no key twice
//     opaque recording_key<V>;                 empty, or an X25519 public key
//   } RoomContext;
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "mls/wire/codec.h"
#include "mls/wire/extension.h"
#include "room/extension_types.h"
#include "room/identity.h"
#include "sframe/cipher_suite.h"

namespace sotto::room {

enum class JoinPolicy : std::uint8_t { kOpen = 0, kKnock = 1, kLocked = 2 };

struct RoomContext {
  static constexpr mls::ExtensionType kType = kRoomContextExtension;
  static constexpr std::size_t kMaxModerators = 64;
  static constexpr std::size_t kMaxBanned = 1024;
  static constexpr std::size_t kRecordingKeySize = 32;

  std::string room_id;
  std::uint32_t gen = 0;
  JoinPolicy join_policy = JoinPolicy::kOpen;
  bool media_encrypted = true;
  bool e2ee_permanent = false;
  CipherSuite sframe_suite = kSottoSuite;
  std::vector<IdentityKey> moderators;
  std::vector<IdentityKey> banned;
  mls::Bytes recording_key;

  bool lists_moderator(const IdentityKey& key) const;
  bool bans(const IdentityKey& key) const;

  friend bool operator==(const RoomContext&, const RoomContext&) = default;
};

// kMalformed for what contradicts the structure above, kUnsupported for a suite that is not known,
// kTooLarge over the limits.
void read(mls::Reader& in, RoomContext& context);
void write(mls::Writer& out, const RoomContext& context);

// The room of a group: kNotFound when it has no such extension.
Result<RoomContext> room_context_of(const mls::Extensions& extensions);

}  // namespace sotto::room
