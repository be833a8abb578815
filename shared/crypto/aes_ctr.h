// AES in counter mode (NIST SP 800-38A section 6.5) under one key: a keystream and nothing more,
// for AEADs to build on.
#pragma once

#include <memory>
#include <span>

#include "base/bytes.h"
#include "base/result.h"

namespace sotto {

class AesCtr {
 public:
  virtual ~AesCtr() = default;

  // The first counter block is nonce || 00 00 00 00. `out` is of the size of `in`, and lies where
  // it does or does not overlap it.
  virtual Result<void> apply(std::span<const std::uint8_t, 12> nonce, ByteView in,
                             MutableBytes out) = 0;
};

// kInvalidArgument unless `key` is 16 or 32 bytes.
Result<std::unique_ptr<AesCtr>> make_aes_ctr(ByteView key);

}  // namespace sotto
