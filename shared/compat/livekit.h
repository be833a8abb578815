// LiveKit's end-to-end encrypted frames, as its web client sends them.
//
//   H | ciphertext | tag (16) | IV (12) | 0C | key index          everything behind H is
//                                                                 RBSP-escaped in H.264 and H.265
//
//   AES-GCM, 128 bits or 256; AAD = H, the clear prefix (compat/clear_prefix.h)
//   IV  = BE32 SSRC | BE32 RTP timestamp | BE32 (timestamp - count)
//
// Keys. A ring of 16 (`index` 0 to 15); setting an index again replaces its key. With
// F = HKDF-SHA256 (raw bytes, 16 to 256 of them; info = 128 zero bytes) or PBKDF2-HMAC-SHA256
// (passphrase; 100,000 rounds), the salt "LKFrameEncryptionKey" and an output of 32 bytes:
//
//   AES key = the first 16 bytes, or all 32, of F(material)       next material = F(material)
//
// That is a weakness of the format which no implementation can mend: key and next material are the
// same bytes. Who learns an AES-256 key has all later ones of the ratchet, who learns an AES-128
// key has half of the next material. Sotto's own ratchet (RFC 9605 section 5.1) separates them by
// label.
//
// Retirement and failures are as in compat/trailer_participant.h.
#pragma once

#include <memory>

#include "base/random.h"
#include "base/result.h"
#include "e2ee/participant.h"

namespace sotto {

Result<std::unique_ptr<Participant>> make_livekit_participant(bool key_256, RandomSource& random);

}  // namespace sotto
