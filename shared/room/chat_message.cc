#include "room/chat_message.h"

#include <cstring>

#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "crypto/sha256.h"
#include "room/message_type.h"
#include "room/utf8.h"

namespace sotto::room {
namespace {

bool is_text(std::string_view text, std::size_t most) {
  if (text.empty() || text.size() > most) return false;
  while (!text.empty()) {
    const auto point = take_code_point(text);
    if (!point) return false;
    const bool control = *point < 0x20 || (*point >= 0x7f && *point < 0xa0);
    if (control && *point != '\n' && *point != '\t') return false;
  }
  return true;
}

Result<ChatHash> read_hash(ByteReader& reader) {
  ChatHash hash;
  TRY(const ByteView bytes, reader.bytes(hash.size()));
  std::memcpy(hash.data(), bytes.data(), bytes.size());
  return hash;
}

Result<ChatSeen> read_seen(ByteReader& reader) {
  ChatSeen seen;
  TRY(seen.leaf.value, reader.u32());
  TRY(seen.seq, reader.u32());
  TRY(seen.hash, read_hash(reader));
  return seen;
}

}  // namespace

Result<std::vector<std::uint8_t>> encode(const ChatMessage& message) {
  if (!is_text(message.text, ChatMessage::kMaxTextSize)) return fail(Error::kInvalidArgument);
  const std::size_t seen_size = message.seen ? 4 + 4 + message.seen->hash.size() : 0;
  const std::size_t again_size = message.again ? message.again->size() : 0;
  std::vector<std::uint8_t> bytes(1 + 4 + 1 + seen_size + again_size + 2 + message.text.size());
  ByteWriter writer(bytes);
  writer.u8(static_cast<std::uint8_t>(MessageType::kChat));
  writer.u32(message.seq);
  writer.u8(static_cast<std::uint8_t>((message.seen ? 1 : 0) | (message.again ? 2 : 0)));
  if (message.seen) {
    writer.u32(message.seen->leaf.value);
    writer.u32(message.seen->seq);
    writer.bytes(message.seen->hash);
  }
  if (message.again) writer.bytes(*message.again);
  writer.u16(static_cast<std::uint16_t>(message.text.size()));
  writer.bytes(as_bytes(message.text));
  return bytes;
}

Result<ChatMessage> decode_chat_message(ByteView bytes) {
  ByteReader reader(bytes);
  TRY(const std::uint8_t type, reader.u8());
  if (type != static_cast<std::uint8_t>(MessageType::kChat)) return fail(Error::kMalformed);
  ChatMessage message;
  TRY(message.seq, reader.u32());
  TRY(const std::uint8_t flags, reader.u8());
  if (flags > 3 || message.seq == 0) return fail(Error::kMalformed);
  if ((flags & 1) != 0) {
    TRY(message.seen, read_seen(reader));
  }
  if ((flags & 2) != 0) {
    TRY(message.again, read_hash(reader));
  }
  TRY(const std::uint16_t size, reader.u16());
  TRY(const ByteView text, reader.bytes(size));
  if (!reader.empty() || !is_text(as_text(text), ChatMessage::kMaxTextSize)) {
    return fail(Error::kMalformed);
  }
  message.text = as_text(text);
  return message;
}

Result<std::vector<std::uint8_t>> encode_reaction(std::string_view reaction) {
  if (!is_text(reaction, kMaxReactionSize)) return fail(Error::kInvalidArgument);
  std::vector<std::uint8_t> bytes(2 + reaction.size());
  ByteWriter writer(bytes);
  writer.u8(static_cast<std::uint8_t>(MessageType::kReaction));
  writer.u8(static_cast<std::uint8_t>(reaction.size()));
  writer.bytes(as_bytes(reaction));
  return bytes;
}

Result<std::string> decode_reaction(ByteView bytes) {
  ByteReader reader(bytes);
  TRY(const std::uint8_t type, reader.u8());
  TRY(const std::uint8_t size, reader.u8());
  TRY(const ByteView text, reader.bytes(size));
  if (type != static_cast<std::uint8_t>(MessageType::kReaction) || !reader.empty() ||
      !is_text(as_text(text), kMaxReactionSize)) {
    return fail(Error::kMalformed);
  }
  return std::string(as_text(text));
}

ChatHash chat_hash(mls::LeafIndex sender, ByteView message) {
  std::uint8_t leaf[4];
  ByteWriter(leaf).u32(sender.value);
  Sha256 sha;
  sha.update(leaf);
  sha.update(message);
  std::uint8_t digest[Sha256::kSize];
  sha.finish(digest);
  ChatHash hash;
  std::memcpy(hash.data(), digest, hash.size());
  return hash;
}

}  // namespace sotto::room
