#include "room/code_message.h"

#include <cstring>

#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "room/message_type.h"

namespace sotto::room {
namespace {

template <typename T>
std::vector<std::uint8_t> encode_32(MessageType type, std::uint32_t round, const T& value) {
  std::vector<std::uint8_t> bytes(1 + 4 + value.size());
  ByteWriter writer(bytes);
  writer.u8(static_cast<std::uint8_t>(type));
  writer.u32(round);
  writer.bytes(value);
  return bytes;
}

std::vector<std::uint8_t> encode_start(const CodeStart& start) {
  std::vector<std::uint8_t> bytes(1 + 4 + 2 + 4 * start.participants.size());
  ByteWriter writer(bytes);
  writer.u8(static_cast<std::uint8_t>(MessageType::kCodeStart));
  writer.u32(start.round);
  writer.u16(static_cast<std::uint16_t>(start.participants.size()));
  for (const mls::LeafIndex leaf : start.participants) writer.u32(leaf.value);
  return bytes;
}

Result<CodeMessage> read_start(ByteReader& reader, std::uint32_t round) {
  TRY(const std::uint16_t count, reader.u16());
  if (count > CodeStart::kMaxParticipants) return fail(Error::kMalformed);
  CodeStart start{round, {}};
  for (std::uint16_t i = 0; i < count; ++i) {
    TRY(const std::uint32_t leaf, reader.u32());
    if (!start.participants.empty() && leaf <= start.participants.back().value) {
      return fail(Error::kMalformed);
    }
    start.participants.push_back({leaf});
  }
  return CodeMessage(std::move(start));
}

}  // namespace

std::vector<std::uint8_t> encode(const CodeMessage& message) {
  if (const auto* start = std::get_if<CodeStart>(&message)) return encode_start(*start);
  if (const auto* commitment = std::get_if<CodeCommitment>(&message)) {
    return encode_32(MessageType::kCodeCommitment, commitment->round, commitment->hash);
  }
  const auto& reveal = *std::get_if<CodeReveal>(&message);
  return encode_32(MessageType::kCodeReveal, reveal.round, reveal.nonce);
}

Result<CodeMessage> decode_code_message(ByteView bytes) {
  ByteReader reader(bytes);
  TRY(const std::uint8_t type, reader.u8());
  TRY(const std::uint32_t round, reader.u32());
  CodeMessage message;
  if (type == static_cast<std::uint8_t>(MessageType::kCodeStart)) {
    TRY(message, read_start(reader, round));
  } else {
    TRY(const ByteView value, reader.bytes(32));
    if (type == static_cast<std::uint8_t>(MessageType::kCodeCommitment)) {
      CodeCommitment commitment{round, {}};
      std::memcpy(commitment.hash.data(), value.data(), value.size());
      message = commitment;
    } else if (type == static_cast<std::uint8_t>(MessageType::kCodeReveal)) {
      CodeReveal reveal{round, {}};
      std::memcpy(reveal.nonce.data(), value.data(), value.size());
      message = reveal;
    } else {
      return fail(Error::kMalformed);
    }
  }
  if (!reader.empty()) return fail(Error::kMalformed);
  return message;
}

}  // namespace sotto::room
