// Chat and reactions (security profile, section 12), as MLS application messages.
//
//   chat       u8 type = 2, u32 seq, u8 flags (1 has seen, 2 again),
//              [u32 leaf, u32 seq, opaque hash[16]], [opaque again[16]], u16 length, text
//   reaction   u8 type = 3, u8 length, one emoji or a few characters
//
// seq counts a sender's messages from 1. "Seen" is the last message of somebody else that the
// sender had before it, by the first 16 bytes of SHA-256(u32 leaf || that message): so the bridge
// cannot leave messages out or swap them for some, and nobody see it. "Again" is the hash, alike,
// of what the sender has said from a leaf before this one: whoever has that has this.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "mls/wire/indices.h"

namespace sotto::room {

using ChatHash = std::array<std::uint8_t, 16>;

struct ChatSeen {
  mls::LeafIndex leaf;
  std::uint32_t seq = 0;
  ChatHash hash{};

  friend bool operator==(const ChatSeen&, const ChatSeen&) = default;
};

struct ChatMessage {
  static constexpr std::size_t kMaxTextSize = 4096;

  std::uint32_t seq = 0;
  std::optional<ChatSeen> seen;
  std::string text;
  std::optional<ChatHash> again = {};

  friend bool operator==(const ChatMessage&, const ChatMessage&) = default;
};

inline constexpr std::size_t kMaxReactionSize = 32;

// kInvalidArgument for text that `decode` would refuse.
Result<std::vector<std::uint8_t>> encode(const ChatMessage& message);
// kMalformed also for text that is empty, not UTF-8, or has control characters but line ends and
// tabs.
Result<ChatMessage> decode_chat_message(ByteView bytes);

Result<std::vector<std::uint8_t>> encode_reaction(std::string_view reaction);
Result<std::string> decode_reaction(ByteView bytes);

ChatHash chat_hash(mls::LeafIndex sender, ByteView message);

}  // namespace sotto::room
