// An owned byte string of MLS: wiped when it is freed, since many of them are secret or hold
// something that is.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "crypto/wiping_allocator.h"

namespace sotto::mls {

using Bytes = std::vector<std::uint8_t, WipingAllocator<std::uint8_t>>;

inline Bytes to_bytes(ByteView view) { return Bytes(view.begin(), view.end()); }

}  // namespace sotto::mls
