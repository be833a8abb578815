// base64url without padding (RFC 4648 section 5).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto {

std::string to_base64url(ByteView bytes);

// kMalformed for any other character, padding, an impossible length, or non-zero spare bits
// (so that every byte string has exactly one text).
Result<std::vector<std::uint8_t>> from_base64url(std::string_view text);

}  // namespace sotto
