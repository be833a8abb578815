// Start codes of annex B, widened: depacketizers rebuild NAL units behind start codes of four
// bytes, whatever the encoder wrote, and what they hand on must be what was authenticated.
#pragma once

#include <cstddef>

#include "base/byte_writer.h"
#include "base/bytes.h"

namespace sotto {

// Where the next 00 00 01 at or behind `from` begins, or the size.
std::size_t find_start_code(ByteView bytes, std::size_t from);

// Copies `bytes`, each 00 00 01 without a zero before it as 00 00 00 01.
void widen_start_codes(ByteView bytes, ByteWriter& writer);

}  // namespace sotto
