#include "signaling/error_code.h"

namespace sotto::bridge::signaling {

std::string_view name(ErrorCode code) {
  switch (code) {
    case ErrorCode::kBadJson:
      return "bad-json";
    case ErrorCode::kUnknownType:
      return "unknown-type";
    case ErrorCode::kBadField:
      return "bad-field";
    case ErrorCode::kBadSdp:
      return "bad-sdp";
    case ErrorCode::kNotJoined:
      return "not-joined";
    case ErrorCode::kAlreadyJoined:
      return "already-joined";
    case ErrorCode::kVersion:
      return "version";
    case ErrorCode::kEndpointTaken:
      return "endpoint-taken";
    case ErrorCode::kResumeRefused:
      return "resume-refused";
    case ErrorCode::kRoomFull:
      return "room-full";
    case ErrorCode::kRateLimited:
      return "rate-limited";
    case ErrorCode::kTooLarge:
      return "too-large";
    case ErrorCode::kJoinTimeout:
      return "join-timeout";
    case ErrorCode::kNoSuchTrack:
      return "no-such-track";
    case ErrorCode::kBadFrame:
      return "bad-frame";
    case ErrorCode::kTokenRequired:
      return "token-required";
    case ErrorCode::kTokenMalformed:
      return "token-malformed";
    case ErrorCode::kTokenAlgorithm:
      return "token-algorithm";
    case ErrorCode::kTokenKey:
      return "token-key";
    case ErrorCode::kTokenSignature:
      return "token-signature";
    case ErrorCode::kTokenExpired:
      return "token-expired";
    case ErrorCode::kTokenNotYetValid:
      return "token-not-yet-valid";
    case ErrorCode::kTokenAudience:
      return "token-audience";
    case ErrorCode::kTokenIssuer:
      return "token-issuer";
    case ErrorCode::kTokenTenant:
      return "token-tenant";
    case ErrorCode::kTokenRoom:
      return "token-room";
    case ErrorCode::kTokenBusy:
      return "token-busy";
  }
  return "";
}

std::optional<std::uint16_t> close_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::kVersion:
      return 4001;
    case ErrorCode::kEndpointTaken:
      return 4002;
    case ErrorCode::kResumeRefused:
      return 4003;
    case ErrorCode::kRoomFull:
      return 4004;
    case ErrorCode::kTooLarge:
      return 1009;
    case ErrorCode::kJoinTimeout:
      return 4009;
    case ErrorCode::kTokenRequired:
    case ErrorCode::kTokenMalformed:
    case ErrorCode::kTokenAlgorithm:
    case ErrorCode::kTokenKey:
    case ErrorCode::kTokenSignature:
    case ErrorCode::kTokenExpired:
    case ErrorCode::kTokenNotYetValid:
    case ErrorCode::kTokenAudience:
    case ErrorCode::kTokenIssuer:
    case ErrorCode::kTokenTenant:
    case ErrorCode::kTokenRoom:
    case ErrorCode::kTokenBusy:
      return 4011;
    default:
      return std::nullopt;
  }
}

}  // namespace sotto::bridge::signaling
