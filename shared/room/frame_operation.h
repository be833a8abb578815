// What the keeper of a room's group tells whoever seals and opens frames. The two may live in
// different workers: each operation is one message of bytes, to be sealed on its way since some
// carry keys. Integers are big-endian.
//
//   epoch begun   u8 1, u64 epoch, u32 leaf width, u32 own leaf, u16 SFrame suite, u8 flags (1:
//                 media encrypted, 2: somebody was added), u8 size, base key,
//                 u32 count, u32 leaf[] (members), u32 count, u32 leaf[] (removed)
//   heard         u8 2, u32 leaf, u64 epoch, presence message
//   may send      u8 3, u8 0 or 1
//   all gone      u8 4                       no key may be used any more
#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "base/result.h"
#include "mls/bytes.h"
#include "room/epoch_keys.h"
#include "room/presence.h"
#include "sframe/cipher_suite.h"

namespace sotto::room {

// For EpochKeys and GroupSealers; of the KIDs' attribution, `members` and `removed` say all.
struct EpochBegun {
  EpochSecrets secrets;
  mls::LeafIndex own_leaf;
  CipherSuite suite = kSottoSuite;
  bool media_encrypted = true;
  bool members_added = false;  // video wants key frames
  std::vector<mls::LeafIndex> removed;
};
// A verified presence message, for a PresenceTracker beside the openers.
struct PresenceHeard {
  mls::LeafIndex leaf;
  std::uint64_t epoch = 0;
  Presence presence;
};
// False: nobody has heard me for too long, so nothing is sealed.
struct MaySend {
  bool allowed = true;
};
struct AllGone {};

using FrameOperation = std::variant<EpochBegun, PresenceHeard, MaySend, AllGone>;

mls::Bytes encode(const FrameOperation& operation);
// kTruncated, kMalformed, kUnsupported.
Result<FrameOperation> decode_frame_operation(ByteView bytes);

}  // namespace sotto::room
