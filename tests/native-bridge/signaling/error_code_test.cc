#include "signaling/error_code.h"

#include <gtest/gtest.h>

#include <set>

namespace sotto::bridge::signaling {
namespace {

TEST(ErrorCode, EveryCodeHasItsOwnNameAndTheDocumentedClose) {
  using enum ErrorCode;
  const struct {
    ErrorCode code;
    std::string_view text;
    std::uint16_t close;  // 0: the socket stays
  } documented[] = {
      {kBadJson, "bad-json", 0},
      {kUnknownType, "unknown-type", 0},
      {kBadField, "bad-field", 0},
      {kBadSdp, "bad-sdp", 0},
      {kNotJoined, "not-joined", 0},
      {kAlreadyJoined, "already-joined", 0},
      {kVersion, "version", 4001},
      {kEndpointTaken, "endpoint-taken", 4002},
      {kResumeRefused, "resume-refused", 4003},
      {kRoomFull, "room-full", 4004},
      {kRateLimited, "rate-limited", 0},
      {kTooLarge, "too-large", 1009},
      {kJoinTimeout, "join-timeout", 4009},
      {kNoSuchTrack, "no-such-track", 0},
      {kBadFrame, "bad-frame", 0},
      {kTokenRequired, "token-required", 4011},
      {kTokenMalformed, "token-malformed", 4011},
      {kTokenAlgorithm, "token-algorithm", 4011},
      {kTokenKey, "token-key", 4011},
      {kTokenSignature, "token-signature", 4011},
      {kTokenExpired, "token-expired", 4011},
      {kTokenNotYetValid, "token-not-yet-valid", 4011},
      {kTokenAudience, "token-audience", 4011},
      {kTokenIssuer, "token-issuer", 4011},
      {kTokenTenant, "token-tenant", 4011},
      {kTokenRoom, "token-room", 4011},
      {kTokenBusy, "token-busy", 4011},
  };
  std::set<std::string_view> names;
  for (const auto& [code, text, close] : documented) {
    EXPECT_EQ(name(code), text);
    EXPECT_EQ(close_code(code).value_or(0), close) << text;
    names.insert(name(code));
  }
  EXPECT_EQ(names.size(), std::size(documented));
}

}  // namespace
}  // namespace sotto::bridge::signaling
