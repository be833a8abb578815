// JFrame, the frames of Jitsi Meet's end-to-end encryption: audio and VP8.
//
//   H | ciphertext | tag (16) | IV (12) | 0C | KID
//
//   AES-128-GCM; AAD = H, the clear prefix (compat/clear_prefix.h)
//   IV  = BE32 SSRC | BE32 RTP timestamp | BE32 count
//
// Keys. 32 random bytes for each sender, never a passphrase; the KID (`index`, 0 to 15) is the
// app's to advance on a rotation, and stays on a ratchet:
//
//   AES key = HKDF-SHA256(raw, salt "JFrameEncryptionKey", no info, 16)
//   raw'    = HKDF-SHA256(raw, salt "JFrameRatchetKey", no info, 32)
//
// Retirement and failures are as in compat/trailer_participant.h.
#pragma once

#include <memory>

#include "base/random.h"
#include "base/result.h"
#include "e2ee/participant.h"

namespace sotto {

Result<std::unique_ptr<Participant>> make_jframe_participant(RandomSource& random);

}  // namespace sotto
