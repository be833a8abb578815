// The names that travel in signalling (docs/protocol.md, "Words"). All are of base64url's
// alphabet, so that they need no escaping in JSON, SDP, URLs or logs.
#pragma once

#include <cstddef>
#include <string_view>

namespace sotto::bridge::signaling {

inline constexpr std::size_t kMaxRoomChars = 64;
inline constexpr std::size_t kMaxTrackChars = 32;
// 16 bytes as base64url.
inline constexpr std::size_t kEndpointChars = 22;
// RFC 8843 section 15.1 sends a mid in a one-byte header extension: at most 16 bytes.
inline constexpr std::size_t kMaxMidChars = 16;

bool is_base64url_text(std::string_view text);
// 1 to 64 characters of A-Z a-z 0-9 _ -
bool is_room(std::string_view text);
// Exactly 16 bytes in their one canonical text: two texts never name one endpoint.
bool is_endpoint(std::string_view text);
bool is_track(std::string_view text);
// 1 to 16 token characters (RFC 5888 section 4, RFC 4566 section 9).
bool is_mid(std::string_view text);

}  // namespace sotto::bridge::signaling
