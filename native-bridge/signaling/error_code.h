// The errors that a client can be told (docs/protocol.md, "Errors").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sotto::bridge::signaling {

enum class ErrorCode : std::uint8_t {
  kBadJson,
  kUnknownType,
  kBadField,
  kBadSdp,
  kNotJoined,
  kAlreadyJoined,
  kVersion,
  kEndpointTaken,
  kResumeRefused,
  kRoomFull,
  kRateLimited,
  kTooLarge,
  kJoinTimeout,
  kNoSuchTrack,
  kBadFrame,
  // Of tokens (docs/tokens.md).
  kTokenRequired,
  kTokenMalformed,
  kTokenAlgorithm,
  kTokenKey,
  kTokenSignature,
  kTokenExpired,
  kTokenNotYetValid,
  kTokenAudience,
  kTokenIssuer,
  kTokenTenant,
  kTokenRoom,
  kTokenBusy,
};

std::string_view name(ErrorCode code);

// The WebSocket close code that follows the error; none where the socket stays.
// kRateLimited stays at first; kRateLimitedClose when it goes on.
std::optional<std::uint16_t> close_code(ErrorCode code);
inline constexpr std::uint16_t kRateLimitedClose = 4008;

struct MessageError {
  ErrorCode code = ErrorCode::kBadJson;
  std::string field;    // e.g. "tracks[0].source"; empty where no field is at fault
  std::string message;  // for the developer of a client; never repeats what the client sent
};

}  // namespace sotto::bridge::signaling
