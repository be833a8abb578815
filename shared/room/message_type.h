// The first byte of every MLS application message of a room.
#pragma once

#include <cstdint>

namespace sotto::room {

enum class MessageType : std::uint8_t {
  kPresence = 1,  // presence.h
  kChat = 2,      // chat_message.h
  kReaction = 3,
  kCodeStart = 4,  // code_message.h
  kCodeCommitment = 5,
  kCodeReveal = 6,
  kDirectCall = 7,  // security profile, section 11: opaque here
};

}  // namespace sotto::room
