// Who may come into a room: whoever has a token for it, signed by a key of ours.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "auth/claims.h"
#include "auth/key_set.h"
#include "auth/refusal.h"

namespace sotto::bridge::auth {

// Seconds since 1970, UTC: what dates in tokens are compared with. An argument, like all time.
using UnixSeconds = std::int64_t;

struct AdmissionRules {
  std::vector<std::string> audiences{"jitsi"};  // one of them must be in `aud`
  std::vector<std::string> issuers;             // `iss` is one of them; none: any
  std::vector<std::string> tenants;             // `sub` is one of them or *; none: any
  std::vector<std::string> open_rooms;          // need no token
  std::int64_t leeway_seconds = 30;             // by which clocks may differ
};

// What a token gives whoever has it. No more than this outlives the check.
struct Admission {
  bool moderator = false;
  bool may_record = false;
  // Bound to this identity. Only then can members, who see identities and check the token
  // themselves, give what it says a meaning in the group.
  std::optional<IdentityKey> identity;
};

// `token` is nothing when there was none. In a room that is open, too, one that is there must be
// good.
std::variant<Admission, Refusal> admit(std::optional<std::string_view> token, const KeySet& keys,
                                       const AdmissionRules& rules, std::string_view room,
                                       UnixSeconds now);

// The part of it behind the signature.
std::optional<Refusal> judge(const Claims& claims, const AdmissionRules& rules,
                             std::string_view room, UnixSeconds now);

}  // namespace sotto::bridge::auth
