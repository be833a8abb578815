// Sotto's own frame format under keys that an app hands out ("external keys"): the sender keys of
// RFC 9605 section 5.1, one Participant a sender. docs/sframe-profile.md, "Sender keys".
//
//   set_key    raw: 16 to 64 bytes, the base_key. Passphrase: e2ee/passphrase.h. The same key
//              again changes nothing; another one is kAlreadyExists until the index is retired. Of
//              more than kMaxSenderKeys the one set first makes room (never the one in use).
//   use_key    seals under KIDs that were never used before: their random part is drawn anew.
//   ratchet    the sealing side calls it; receivers follow by themselves at the first frame that
//              proves it (calling it for them too does no harm). kWrongState for a passphrase.
//   open       kWrongState when the KID's context is not facts.context. kUnknownKey also when too
//              many unknown KIDs were tried of late (see AttemptBudget).
//
// Retention: what a key's use, or a frame of it that opened, makes old (keys set before it, and
// earlier ratchet steps of its own) is forgotten kSenderKeyRetention later, and kExpired from then
// on.
#pragma once

#include <memory>

#include "base/random.h"
#include "base/result.h"
#include "e2ee/participant.h"
#include "sframe/cipher_suite.h"

namespace sotto {

inline constexpr std::size_t kMaxSenderKeys = 8;
inline constexpr std::uint8_t kMaxRetainedSteps = 8;
inline constexpr Duration kSenderKeyRetention = std::chrono::seconds(10);

// `random` draws KIDs (never keys) and must outlive the participant. kUnsupported for a suite that
// this build does not have.
Result<std::unique_ptr<Participant>> make_sotto_participant(CipherSuite suite,
                                                            RandomSource& random);

}  // namespace sotto
