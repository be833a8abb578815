// The frame formats that an app can choose, behind one interface.
#pragma once

#include <memory>

#include "base/random.h"
#include "base/result.h"
#include "e2ee/participant.h"
#include "sframe/cipher_suite.h"

namespace sotto {

struct ParticipantOptions {
  CipherSuite suite = kSottoSuite;  // kSotto
  bool key_256 = false;             // kLiveKit: AES-256 instead of AES-128
};

// `random` must outlive the participant. kUnsupported for a format, suite or cipher that this build
// does not carry.
Result<std::unique_ptr<Participant>> make_participant(FrameFormat format,
                                                      const ParticipantOptions& options,
                                                      RandomSource& random);

}  // namespace sotto
