// The check that every AEAD makes of its caller.
#pragma once

#include <limits>

#include "crypto/aead.h"

namespace sotto {

inline Result<void> check_buffers(const AeadSizes& sizes, ByteView nonce, std::size_t plain,
                                  std::size_t sealed) {
  if (nonce.size() != sizes.nonce) return fail(Error::kInvalidArgument);
  if (sealed < sizes.tag || sealed - sizes.tag != plain) return fail(Error::kInvalidArgument);
  // OpenSSL counts in int.
  if (sealed > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
    return fail(Error::kTooLarge);
  }
  return {};
}

}  // namespace sotto
