#include "room/presence.h"

#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "room/group_kid.h"
#include "room/message_type.h"

namespace sotto::room {
namespace {

enum Flag : std::uint8_t { kPublishes = 1, kMuted = 2, kCameraOff = 4, kHand = 8 };

std::uint8_t flags_of(const PresenceMarks& marks) {
  return static_cast<std::uint8_t>(
      (marks.publishes ? kPublishes : 0) | (marks.microphone_muted ? kMuted : 0) |
      (marks.camera_off ? kCameraOff : 0) | (marks.hand_raised ? kHand : 0));
}

Result<void> read_streams(ByteReader& reader, std::vector<PresenceStream>& streams) {
  TRY(const std::uint8_t count, reader.u8());
  if (count > Presence::kMaxStreams) return fail(Error::kMalformed);
  for (std::uint8_t i = 0; i < count; ++i) {
    TRY(const std::uint8_t context, reader.u8());
    TRY(const std::uint8_t kind, reader.u8());
    TRY(const std::uint64_t ctr_high, reader.u64());
    const bool rising = streams.empty() || context > streams.back().context;
    if (context >= kContexts || kind > 1 || !rising) return fail(Error::kMalformed);
    streams.push_back({context, static_cast<StreamKind>(kind), ctr_high});
  }
  return {};
}

Result<void> read_echoes(ByteReader& reader, std::vector<PresenceEcho>& echoes) {
  TRY(const std::uint8_t count, reader.u8());
  if (count > Presence::kMaxEchoes) return fail(Error::kMalformed);
  for (std::uint8_t i = 0; i < count; ++i) {
    TRY(const std::uint32_t leaf, reader.u32());
    TRY(const std::uint32_t seq, reader.u32());
    echoes.push_back({{leaf}, seq});
  }
  return {};
}

}  // namespace

std::vector<std::uint8_t> encode(const Presence& presence) {
  std::vector<std::uint8_t> bytes(1 + 4 + 8 + 1 + 1 + presence.streams.size() * 10 + 1 +
                                  presence.echoes.size() * 8 + (presence.chat != 0 ? 4 : 0));
  ByteWriter writer(bytes);
  writer.u8(static_cast<std::uint8_t>(MessageType::kPresence));
  writer.u32(presence.seq);
  writer.u64(presence.capture_ms);
  writer.u8(flags_of(presence.marks));
  writer.u8(static_cast<std::uint8_t>(presence.streams.size()));
  for (const PresenceStream& stream : presence.streams) {
    writer.u8(stream.context);
    writer.u8(static_cast<std::uint8_t>(stream.kind));
    writer.u64(stream.ctr_high);
  }
  writer.u8(static_cast<std::uint8_t>(presence.echoes.size()));
  for (const PresenceEcho& echo : presence.echoes) {
    writer.u32(echo.leaf.value);
    writer.u32(echo.seq);
  }
  if (presence.chat != 0) writer.u32(presence.chat);
  return bytes;
}

Result<Presence> decode_presence(ByteView message) {
  ByteReader reader(message);
  TRY(const std::uint8_t type, reader.u8());
  if (type != static_cast<std::uint8_t>(MessageType::kPresence)) return fail(Error::kMalformed);
  Presence presence;
  TRY(presence.seq, reader.u32());
  TRY(presence.capture_ms, reader.u64());
  TRY(const std::uint8_t flags, reader.u8());
  presence.marks = {(flags & kPublishes) != 0, (flags & kMuted) != 0, (flags & kCameraOff) != 0,
                    (flags & kHand) != 0};
  TRY_VOID(read_streams(reader, presence.streams));
  TRY_VOID(read_echoes(reader, presence.echoes));
  if (reader.empty()) return presence;
  if (reader.remaining() != 4) return fail(Error::kMalformed);
  TRY(presence.chat, reader.u32());
  if (presence.chat == 0) return fail(Error::kMalformed);
  return presence;
}

}  // namespace sotto::room
