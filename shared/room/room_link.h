// The fragment of a room's address (security profile, section 1):
//
//   https://HOST/r/<room>#<gen>.<secret>[.<issuer key hash>]
//
// gen is decimal without leading zeros; the secret (32 bytes) and the SHA-256 of the key by which
// an issuer signs moderators' tokens are base64url. The first link's secret is random; those after
// a kick come from the group itself, so that the kicked cannot know them (section 3).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/secret.h"
#include "crypto/wiping_allocator.h"
#include "e2ee/link_keys.h"

namespace sotto::room {

// Wiped when it is freed: it holds a secret.
using LinkText = std::basic_string<char, std::char_traits<char>, WipingAllocator<char>>;

struct RoomLink {
  std::uint32_t gen = 0;
  Secret<32> secret;
  std::optional<std::array<std::uint8_t, 32>> issuer_key_hash;
};

// Without the "#". kMalformed for every other form; each link has one text.
Result<RoomLink> parse_link(std::string_view fragment);
LinkText format_link(const RoomLink& link);

// The keys of this link; kInvalidArgument unless room_id is 1 to 64 bytes.
Result<LinkKeys> link_keys(const RoomLink& link, std::string_view room_id);

// The next link's secret is MLS-Exporter(kLinkExporterLabel, link_exporter_context(...), 32) in the
// epoch that begins with `gen`.
inline constexpr std::string_view kLinkExporterLabel = "sotto link";
std::vector<std::uint8_t> link_exporter_context(std::string_view room_id, std::uint32_t gen);

// The id of the external PSK: "sotto/1" || room_id || u32 gen. Its value is LinkKeys::psk().
std::vector<std::uint8_t> link_psk_id(std::string_view room_id, std::uint32_t gen);

}  // namespace sotto::room
