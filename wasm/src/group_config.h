// How the worker says what a session is to be, as bytes:
//
//   u8 bits      1 publishes, 2 media not encrypted, 4 encrypted for good: the last two of a room
//                that is founded
//   u8 join policy, u16 MLS suite, endpoint[16]
//   u8 size, identity: 32 secret bytes that this profile has each time, or none for a new one
//   u8 size, room id; u8 size, fragment of the link; u8 size, name
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "room/session_config.h"

namespace sotto {

// kTruncated, kMalformed, kUnsupported; errors of the link.
Result<room::SessionConfig> read_group_config(ByteView bytes, RandomSource& random);

// The identity's Ed25519 seed, of the bytes that the browser keeps: HKDF-SHA256 with
// kIdentityLabel, so that what JavaScript has had in its hands for a moment is not the key itself.
inline constexpr std::string_view kIdentityLabel = "sotto identity 1";

}  // namespace sotto
