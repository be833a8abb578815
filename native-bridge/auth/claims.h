// What a token says, in the shape that Jitsi and JaaS use (docs/tokens.md). Of the person (`id`,
// `name`, `email`, `avatar`) nothing is read: the bridge has no use for it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sotto::bridge::auth {

using IdentityKey = std::array<std::uint8_t, 32>;  // Ed25519

struct Claims {
  double expires = 0;  // seconds since 1970 (RFC 7519 section 2, NumericDate)
  std::optional<double> not_before;
  std::vector<std::string> audience;
  std::string issuer;            // empty: none
  std::string subject;           // `sub`: the tenant. Empty: none
  std::string room;              // a name, or *
  bool room_is_pattern = false;  // `context.room.regex`

  // `context.user.moderator` and `context.features.recording`. Nothing in the group follows from
  // them without `identity` (security profile, section 6).
  bool moderator = false;
  bool may_record = false;
  std::optional<IdentityKey> identity;  // `cnf.jwk` (RFC 7800 section 3.2)
};

// Nothing for what is no object of claims, has one twice or of the wrong type, or lacks `exp`.
std::optional<Claims> read_claims(std::string_view text);

}  // namespace sotto::bridge::auth
