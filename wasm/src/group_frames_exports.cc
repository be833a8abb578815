// The C face of frames under a group's keys (room/group_frames.h), beside exports.cc. The keys come
// sealed from the group's own module; whoever carries them has nothing of them.
#include <cstdint>
#include <cstring>

#include "browser_random.h"
#include "exchange.h"
#include "found_frame.h"
#include "mls/wire/writer.h"
#include "room/frame_channel.h"
#include "room/group_frames.h"

namespace sotto {
namespace {

// Newcomers get a key frame 100 ms after their epoch (worker/epochs.ts), and nothing before it.
constexpr Duration kSealAnewAfter = std::chrono::milliseconds(90);

struct Frames {
  BrowserRandom random;
  room::FrameChannelReceiver channel{random};
  room::GroupFrames group{{}, kSealAnewAfter};
  bool lagged = false;
};

// Made at the first call, since it wants randomness.
Frames& frames() {
  static Frames all;
  return all;
}

Time at(double now) {
  return from_microseconds(static_cast<std::int64_t>(now * 1000));
}

int give(ByteView bytes) {
  if (!output.reserve(bytes.size())) return failure(Error::kTooLarge);
  if (!bytes.empty()) std::memcpy(output.data(), bytes.data(), bytes.size());
  return static_cast<int>(bytes.size());
}

// What sotto_frames_take tells.
constexpr int kEpochBegun = 1;
constexpr int kMembersAdded = 2;
constexpr int kAllGone = 4;

}  // namespace

// For sotto_group_connect_frames; 32 bytes.
SOTTO_EXPORT int sotto_frames_public_key() {
  return give(frames().channel.public_key());
}

// Input: the next message of the group. Returns bits. Output: of an epoch, u16 count, then the
// removed leaves, u32 each.
SOTTO_EXPORT int sotto_frames_take(std::uint32_t size, double now) {
  if (size > input.size()) return failure(Error::kInvalidArgument);
  auto operation = frames().channel.open(input.first(size));
  if (!operation) return failure(operation.error());
  int bits = std::holds_alternative<room::AllGone>(*operation) ? kAllGone : 0;
  if (const auto* begun = std::get_if<room::EpochBegun>(&*operation)) {
    bits = kEpochBegun | (begun->members_added ? kMembersAdded : 0);
    mls::Writer removed;
    removed.u16(static_cast<std::uint16_t>(begun->removed.size()));
    for (const mls::LeafIndex leaf : begun->removed) removed.u32(leaf.value);
    if (const int given = give(std::move(removed).take()); given < 0) return given;
  }
  frames().group.apply(*std::move(operation), at(now));
  return bits;
}

SOTTO_EXPORT int sotto_frames_media_encrypted() {
  return frames().group.media_encrypted() ? 1 : 0;
}

SOTTO_EXPORT int sotto_frames_may_seal() {
  return frames().group.may_seal() ? 1 : 0;
}

// Input: an encoder's frame. Output: what goes on the wire.
SOTTO_EXPORT int sotto_frames_seal(std::uint32_t context, std::uint32_t codec_number,
                                   std::uint32_t key_frame, std::uint32_t size) {
  auto codec = codec_from_number(static_cast<std::uint8_t>(codec_number));
  if (!codec) return failure(codec.error());
  if (size > input.size() || context >= room::kContexts) return failure(Error::kInvalidArgument);
  const auto number = static_cast<std::uint8_t>(context);
  const auto room = frames().group.max_sealed_size(number, *codec, size);
  if (!room) return failure(room.error());
  if (!output.reserve(*room)) return failure(Error::kTooLarge);
  return size_or_failure(
      frames().group.seal(number, *codec, key_frame != 0, input.first(size), output.all()));
}

// Whose frame a KID claims: leaf * 16 + context.
SOTTO_EXPORT int sotto_frames_source(std::uint32_t high, std::uint32_t low) {
  const auto source = frames().group.source_of(static_cast<std::uint64_t>(high) << 32 | low);
  if (!source) return failure(source.error());
  return static_cast<int>(source->leaf.value * room::kContexts + source->context);
}

// Input: a frame off the wire. Returns the size of the encoder's frame; the address of its first
// byte is in sotto_opened_at.
SOTTO_EXPORT int sotto_frames_open(std::uint32_t codec_number, std::uint32_t size, double now) {
  auto frame = take_found(codec_number, size);
  if (!frame) return failure(frame.error());
  auto opened = frames().group.open(static_cast<Codec>(codec_number), frame->sealed, at(now));
  if (!opened) return failure(opened.error());
  remember(opened->kid, opened->ctr, opened->info.key_frame);
  frames().lagged = opened->lags;
  output.set_result(opened->frame.data());
  return static_cast<int>(opened->frame.size());
}

// Whether the frame opened last was held back on its way, and is to be marked.
SOTTO_EXPORT int sotto_frames_lagged() {
  return frames().lagged ? 1 : 0;
}

// What presence is to say of my streams, for sotto_group_streams: u8 context, u8 kind, u64 CTR.
SOTTO_EXPORT int sotto_frames_streams() {
  mls::Writer out;
  for (const room::PresenceStream& stream : frames().group.streams()) {
    out.u8(stream.context);
    out.u8(static_cast<std::uint8_t>(stream.kind));
    out.u64(stream.ctr_high);
  }
  return give(std::move(out).take());
}

SOTTO_EXPORT void sotto_frames_expire(double now) {
  frames().group.expire(at(now));
}

}  // namespace sotto
