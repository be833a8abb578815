// HMAC-SHA512, which only the suites of AES-256 need: apart, so that a module without them need not
// carry SHA-512 (hmac_sha512_absent.cc stands in and says kUnsupported).
#pragma once

#include <initializer_list>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto {

// `mac` is 64 bytes.
Result<void> hmac_sha512(ByteView key, std::initializer_list<ByteView> message, MutableBytes mac);

}  // namespace sotto
