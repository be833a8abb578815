// What a member says of itself all the time (security profile, section 5): a signed MLS application
// message. Integers are big-endian, as everywhere.
//
//   struct {
//     u8  type = 1;
//     u32 seq;                 1, 2, 3 ...: of this leaf
//     u64 capture_ms;          the sender's clock, for lip sync and lag; never compared to mine
//     u8  flags;               1 publishes, 2 microphone muted, 4 camera off, 8 hand raised
//     u8  count of streams;    at most 16, contexts rising
//     { u8 context; u8 kind; u64 ctr_high; } [];     kind: 0 audio, 1 video
//     u8  count of echoes;     at most kMaxEchoes
//     { u32 leaf; u32 seq; } [];     the last I heard of that publisher
//     u32 chat;                only where it is not 0: the number of my last chat message
//   }
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "mls/wire/indices.h"

namespace sotto::room {

enum class StreamKind : std::uint8_t { kAudio = 0, kVideo = 1 };

struct PresenceStream {
  std::uint8_t context = 0;
  StreamKind kind = StreamKind::kAudio;
  std::uint64_t ctr_high = 0;  // the CTR of the next frame

  friend bool operator==(const PresenceStream&, const PresenceStream&) = default;
};

struct PresenceEcho {
  mls::LeafIndex leaf;
  std::uint32_t seq = 0;

  friend bool operator==(const PresenceEcho&, const PresenceEcho&) = default;
};

struct PresenceMarks {
  bool publishes = false;
  bool microphone_muted = false;
  bool camera_off = false;
  bool hand_raised = false;

  friend bool operator==(const PresenceMarks&, const PresenceMarks&) = default;
};

struct Presence {
  static constexpr std::size_t kMaxStreams = 16;
  static constexpr std::size_t kMaxEchoes = 32;

  std::uint32_t seq = 0;
  std::uint64_t capture_ms = 0;
  PresenceMarks marks;
  std::vector<PresenceStream> streams;
  std::vector<PresenceEcho> echoes;
  std::uint32_t chat = 0;  // the number of the last message that I have said

  friend bool operator==(const Presence&, const Presence&) = default;
};

// The type byte included.
std::vector<std::uint8_t> encode(const Presence& presence);
// kTruncated, or kMalformed for whatever else `encode` would not write. Unknown flags are ignored.
Result<Presence> decode_presence(ByteView message);

}  // namespace sotto::room
