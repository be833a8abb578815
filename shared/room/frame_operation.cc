#include "room/frame_operation.h"

#include "mls/wire/reader.h"
#include "mls/wire/writer.h"

namespace sotto::room {
namespace {

enum class Kind : std::uint8_t { kEpochBegun = 1, kPresenceHeard = 2, kMaySend = 3, kAllGone = 4 };

constexpr std::uint8_t kMediaEncrypted = 1;
constexpr std::uint8_t kMembersAdded = 2;

void write_leaves(mls::Writer& out, const std::vector<mls::LeafIndex>& leaves) {
  out.u32(static_cast<std::uint32_t>(leaves.size()));
  for (const mls::LeafIndex leaf : leaves) out.u32(leaf.value);
}

std::vector<mls::LeafIndex> read_leaves(mls::Reader& in) {
  std::vector<mls::LeafIndex> leaves;
  const std::uint32_t count = in.u32();
  for (std::uint32_t i = 0; i < count && in.ok(); ++i) leaves.push_back({in.u32()});
  return leaves;
}

void write_body(mls::Writer& out, const EpochBegun& begun) {
  out.u64(begun.secrets.epoch);
  out.u32(begun.secrets.leaf_width);
  out.u32(begun.own_leaf.value);
  out.u16(static_cast<std::uint16_t>(begun.suite));
  out.u8(static_cast<std::uint8_t>((begun.media_encrypted ? kMediaEncrypted : 0) |
                                   (begun.members_added ? kMembersAdded : 0)));
  out.u8(static_cast<std::uint8_t>(begun.secrets.base_key.size()));
  out.bytes(begun.secrets.base_key);
  write_leaves(out, begun.secrets.members);
  write_leaves(out, begun.removed);
}

void write_body(mls::Writer& out, const PresenceHeard& heard) {
  out.u32(heard.leaf.value);
  out.u64(heard.epoch);
  out.bytes(encode(heard.presence));
}

void write_body(mls::Writer& out, const MaySend& may_send) {
  out.u8(may_send.allowed ? 1 : 0);
}

void write_body(mls::Writer&, const AllGone&) {}

Result<FrameOperation> read_epoch(mls::Reader& in) {
  EpochBegun begun;
  begun.secrets.epoch = in.u64();
  begun.secrets.leaf_width = in.u32();
  begun.own_leaf.value = in.u32();
  begun.suite = static_cast<CipherSuite>(in.u16());
  const std::uint8_t flags = in.u8();
  begun.media_encrypted = (flags & kMediaEncrypted) != 0;
  begun.members_added = (flags & kMembersAdded) != 0;
  begun.secrets.base_key = mls::to_bytes(in.bytes(in.u8()));
  begun.secrets.members = read_leaves(in);
  begun.removed = read_leaves(in);
  TRY_VOID(in.finish());
  return FrameOperation(std::move(begun));
}

Result<FrameOperation> read_heard(mls::Reader& in) {
  PresenceHeard heard;
  heard.leaf.value = in.u32();
  heard.epoch = in.u64();
  if (!in.ok()) return fail(in.error());
  TRY(heard.presence, decode_presence(in.rest()));
  return FrameOperation(std::move(heard));
}

Result<FrameOperation> read_may_send(mls::Reader& in) {
  const std::uint8_t allowed = in.u8();
  TRY_VOID(in.finish());
  if (allowed > 1) return fail(Error::kMalformed);
  return FrameOperation(MaySend{allowed == 1});
}

}  // namespace

mls::Bytes encode(const FrameOperation& operation) {
  mls::Writer out;
  out.u8(static_cast<std::uint8_t>(operation.index() + 1));
  std::visit([&](const auto& body) { write_body(out, body); }, operation);
  return std::move(out).take();
}

Result<FrameOperation> decode_frame_operation(ByteView bytes) {
  mls::Reader in(bytes);
  const auto kind = static_cast<Kind>(in.u8());
  if (!in.ok()) return fail(in.error());
  switch (kind) {
    case Kind::kEpochBegun:
      return read_epoch(in);
    case Kind::kPresenceHeard:
      return read_heard(in);
    case Kind::kMaySend:
      return read_may_send(in);
    case Kind::kAllGone:
      TRY_VOID(in.finish());
      return FrameOperation(AllGone{});
  }
  return fail(Error::kUnsupported);
}

}  // namespace sotto::room
