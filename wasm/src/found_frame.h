// The frame that lies in the input buffer, and what is told of it; one at a time.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "e2ee/sealed_frame.h"

namespace sotto {

// The frame last peeked at: to open it, it need not be found (and, of some codecs, unescaped) a
// second time. Its views count as long as neither buffer has been used for anything else.
struct Found {
  std::uint32_t codec = 0;
  std::uint32_t size = 0;
  std::uint64_t input_uses = 0;
  std::uint64_t output_uses = 0;
  SealedFrame sealed;
};

// Once only: to open it writes where it was found.
Result<Found> take_found(std::uint32_t codec_number, std::uint32_t size);

// For sotto_last_frame.
void remember(std::uint64_t kid, std::uint64_t ctr, bool key_frame);

}  // namespace sotto
