// DAVE 1, the frames of Discord's calls (protocol.md of the DAVE protocol, "Payload Format").
//
//   interleaved media | tag (8) | ULEB128 nonce | (ULEB128 offset | ULEB128 size)* | u8 S | FA FA
//
//   AES-128-GCM with its tag cut to 8 bytes; nonce = 8 zero bytes | LE32 counter
//   AAD = the clear ranges joined; plaintext = what lies between them, joined
//
// Keys. `index` is the epoch, or any number that goes up with every epoch that the app sees (when
// a group is made anew, go on counting): kAlreadyExists for one that is not higher than all before,
// because a key never comes back. `material` is the sender's base secret of 16 bytes from the MLS
// exporter; there are no passphrases. The ratchet of generations turns by itself with the counter's
// highest byte, so `ratchet` is kUnsupported.
//
// The counter is the whole nonce. It goes on through all epochs of a participant, so that a base
// secret given twice repeats none; a participant made anew (a reload) begins at 1, and must never
// seal under a base secret that was used before.
//
// Up to four epochs live at a time; a fifth pushes out the oldest. Once `use_key` names an epoch,
// or a frame of it has opened, older ones and older generations live for 10 seconds more.
//
// Two things are stricter here than in the protocol: a counter that has reached 2^32 - 1 is
// kExhausted instead of beginning anew, and silence packets (F8 FF FE in the clear, from the
// server) are errors. AV1 frames come back as DAVE carries them: without temporal delimiters, the
// last OBU without a size.
#pragma once

#include <memory>

#include "base/random.h"
#include "base/result.h"
#include "e2ee/participant.h"

namespace sotto {

Result<std::unique_ptr<Participant>> make_dave_participant();

}  // namespace sotto
