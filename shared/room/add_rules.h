// Who may be let in (security profile, sections 2, 4 and 6): a part of judge_commit.
#pragma once

#include <cstdint>

#include "mls/wire/key_package.h"
#include "room/commit_rules.h"

namespace sotto::room {

// Seconds between not_before and not_after.
inline constexpr std::uint64_t kMaxKeyPackageLife = 600;

// In this order:
//   kPskForAdds      there are Adds and not exactly one PSK, the link's; or another PSK than that
//   kKeyPackageMac, kKeyPackageLife, kIdentity, kBanned
//   kKnock           under knock somebody else than a moderator proposes the Add, or the room is
//                    locked; unless the commit removes a leaf of the same identity (a rejoin), or
//                    the room lists it as a moderator
std::optional<Rule> judge_adds(const CommitFacts& commit, const RoomView& room,
                               const Policy& policy);

// Of one KeyPackage, before it is proposed: MAC and length of life. No clock.
std::optional<Rule> judge_key_package(const mls::KeyPackage& key_package, const Secret<32>& mac_key,
                                      const Policy& policy);

}  // namespace sotto::room
