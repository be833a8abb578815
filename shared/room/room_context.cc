#include "room/room_context.h"

#include <algorithm>

#include "base/sort.h"
#include "e2ee/link_keys.h"
#include "mls/wire/typed_extensions.h"

namespace sotto::room {
namespace {

void read_flag(mls::Reader& in, bool& flag) {
  const std::uint8_t value = in.u8();
  if (value > 1) return in.fail(Error::kMalformed);
  flag = value == 1;
}

void read_keys(mls::Reader& in, std::size_t most, std::vector<IdentityKey>& keys) {
  const ByteView bytes = in.opaque();
  constexpr std::size_t kSize = IdentityKey{}.size();
  if (bytes.size() % kSize != 0) return in.fail(Error::kMalformed);
  if (bytes.size() / kSize > most) return in.fail(Error::kTooLarge);
  keys.resize(bytes.size() / kSize);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(i * kSize), kSize, keys[i].begin());
  }
  std::vector<IdentityKey> sorted = keys;
  sort(sorted);
  if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) in.fail(Error::kMalformed);
}

void write_keys(mls::Writer& out, const std::vector<IdentityKey>& keys) {
  out.vector([&] {
    for (const IdentityKey& key : keys) out.bytes(key);
  });
}

bool contains(const std::vector<IdentityKey>& keys, const IdentityKey& key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

bool RoomContext::lists_moderator(const IdentityKey& key) const {
  return contains(moderators, key);
}

bool RoomContext::bans(const IdentityKey& key) const {
  return contains(banned, key);
}

void read(mls::Reader& in, RoomContext& context) {
  const ByteView room_id = in.opaque();
  context.room_id = as_text(room_id);
  if (room_id.empty() || room_id.size() > LinkKeys::kMaxRoomIdSize) in.fail(Error::kMalformed);
  context.gen = in.u32();
  const std::uint8_t join_policy = in.u8();
  if (join_policy > static_cast<std::uint8_t>(JoinPolicy::kLocked)) in.fail(Error::kMalformed);
  context.join_policy = static_cast<JoinPolicy>(join_policy);
  read_flag(in, context.media_encrypted);
  read_flag(in, context.e2ee_permanent);
  if (context.e2ee_permanent && !context.media_encrypted) in.fail(Error::kMalformed);
  context.sframe_suite = static_cast<CipherSuite>(in.u16());
  if (!parameters(context.sframe_suite)) in.fail(Error::kUnsupported);
  read_keys(in, RoomContext::kMaxModerators, context.moderators);
  read_keys(in, RoomContext::kMaxBanned, context.banned);
  in.opaque(context.recording_key);
  const std::size_t size = context.recording_key.size();
  if (size != 0 && size != RoomContext::kRecordingKeySize) in.fail(Error::kMalformed);
}

void write(mls::Writer& out, const RoomContext& context) {
  out.opaque(as_bytes(context.room_id));
  out.u32(context.gen);
  out.u8(static_cast<std::uint8_t>(context.join_policy));
  out.u8(context.media_encrypted ? 1 : 0);
  out.u8(context.e2ee_permanent ? 1 : 0);
  out.u16(static_cast<std::uint16_t>(context.sframe_suite));
  write_keys(out, context.moderators);
  write_keys(out, context.banned);
  out.opaque(context.recording_key);
}

Result<RoomContext> room_context_of(const mls::Extensions& extensions) {
  TRY(std::optional<RoomContext> && context, mls::get_extension<RoomContext>(extensions));
  if (!context) return fail(Error::kNotFound);
  return std::move(*context);
}

}  // namespace sotto::room
