// One text frame of a client to one checked message. Whatever comes in, nothing is thrown and
// nothing grows beyond a small multiple of the text.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

#include "signaling/client_message.h"
#include "signaling/error_code.h"

namespace sotto::bridge::signaling {

inline constexpr std::uint64_t kProtocolVersion = 1;
// Integers that JavaScript can tell apart: 0 to 2^53 - 1.
inline constexpr std::uint64_t kMaxInteger = (std::uint64_t{1} << 53) - 1;
inline constexpr std::uint64_t kMaxHeight = 16384;
inline constexpr std::size_t kMaxWant = 2048;

struct ParsedMessage {
  std::optional<std::uint64_t> id;  // to be repeated in the answer; kept even when the rest is bad
  // The `type` said so, though the rest may be bad: tells whether it may come before `join`.
  bool allowed_before_join = false;
  std::variant<ClientMessage, MessageError> content;

  const MessageError* error() const { return std::get_if<MessageError>(&content); }
  const ClientMessage* message() const { return std::get_if<ClientMessage>(&content); }
};

// `max_state_chars` bounds `state`.
ParsedMessage parse_message(std::string_view text, std::size_t max_state_chars = 8192);

}  // namespace sotto::bridge::signaling
