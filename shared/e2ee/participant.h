// One participant of an app that hands out keys itself (external keys), in the frame format that
// the app chose: Sotto's own, or another product's (compat/). Own media is sealed by the
// participant that stands for oneself; everybody else's is opened by theirs, so keys and replay
// windows are per (sender, key).
//
// What key management means differs by format; see the implementations. What never differs: a
// frame that does not open is an error and leaves keys and windows as they were; all failures to
// decrypt are kUnauthenticated.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"
#include "media/codec.h"

namespace sotto {

// The numbers cross the C ABI and the worker's border: never renumber.
enum class FrameFormat : std::uint8_t {
  kSotto = 0,    // SFrame (RFC 9605) of the whole frame in a constant shell
  kLiveKit = 1,  // compat/livekit.h
  kJFrame = 2,   // compat/jframe.h
  kDave = 3,     // compat/dave.h
};

enum class KeyKind : std::uint8_t {
  kRaw = 0,         // random bytes, of this sender alone
  kPassphrase = 1,  // UTF-8; senders may share it, so it can be rotated but never ratcheted
  // What the format's slow hash made of a passphrase (32 bytes), where something else computes it
  // beside the media, as WebCrypto does in browsers; or, in Sotto's format, random bytes that
  // senders share. Otherwise a passphrase.
  kStretched = 2,
};

// What travels beside a frame in RTP, from the browser's frame metadata.
struct FrameFacts {
  Codec codec = Codec::kOpus;
  bool key_frame = false;
  std::uint8_t context = 0;  // 0 microphone, 1 camera, 2 screen, 3 screen audio, 4 to 15 the app's
  std::uint32_t ssrc = 0;
  std::uint32_t rtp_timestamp = 0;
};

struct OpenedMedia {
  MutableBytes frame;  // the encoder's frame, a view into the caller's `out`
  std::uint32_t key_index = 0;
  std::uint64_t counter = 0;  // CTR or nonce counter, where the format has one
  bool ratcheted = false;     // the sender had ratcheted, and this frame proved it
  // The sender's word, as the format seals it or as the opened frame itself shows.
  bool key_frame = false;
};

class Participant {
 public:
  virtual ~Participant() = default;

  // Adds a key. `index` is the app's number for it (255 at most; 15 for LiveKit and JFrame; DAVE:
  // the epoch). kInvalidArgument for an index or a size that the format does not have;
  // kAlreadyExists when the format forbids replacing that index. What a format replaces or
  // retires, and when, its header says. `now` never goes back.
  virtual Result<void> set_key(std::uint32_t index, KeyKind kind, ByteView material, Time now) = 0;

  // Which key seals from now on. kUnknownKey when there is none of this index.
  virtual Result<void> use_key(std::uint32_t index, Time now) = 0;

  // One step of the format's ratchet; the old key can then no longer be computed. kUnknownKey;
  // kWrongState for a passphrase where that would not help; kUnsupported where there is no ratchet.
  virtual Result<void> ratchet(std::uint32_t index, Time now) = 0;

  // False when there was none. Its frames no longer open.
  virtual bool erase_key(std::uint32_t index) = 0;

  // Forgets keys whose retention is over.
  virtual void expire(Time now) = 0;

  // A buffer of this size is enough for every frame of `plain_size` bytes.
  virtual std::size_t max_sealed_size(Codec codec, std::size_t plain_size) const = 0;

  // Seals `frame` into `out` (max_sealed_size bytes, not overlapping) and returns the bytes
  // written. kUnknownKey without a key to use; kUnsupported for a codec that the format does not
  // carry; kMalformed when the frame cannot be parsed as far as the format needs; kExhausted at a
  // counter's end. On any error nothing in `out` may be sent.
  virtual Result<std::size_t> seal(const FrameFacts& facts, ByteView frame, MutableBytes out) = 0;

  // Opens a frame off the wire into `out` (wire.size() bytes, not overlapping). Errors as
  // FrameOpener::open, and kExpired (the key was retired), kTooOld (behind the replay window).
  virtual Result<OpenedMedia> open(const FrameFacts& facts, ByteView wire, MutableBytes out,
                                   Time now) = 0;
};

}  // namespace sotto
