// Hexadecimal, for vectors, fingerprints and logs of what is public. Never for secrets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto {

// Lower case, no separators.
std::string to_hex(ByteView bytes);

// Upper or lower case, even length, no separators; kMalformed otherwise.
Result<std::vector<std::uint8_t>> from_hex(std::string_view text);

}  // namespace sotto
