// ChaCha20-Poly1305 (RFC 8439) in compiler vectors of 128 bits: what WebAssembly runs, where
// neither libsodium nor OpenSSL is fast. The same source is built and tested natively.
//
// Four ChaCha20 blocks at once, one 32-bit word of each in a vector; Poly1305 runs in scalar
// registers between the rounds, which would else be idle. The first blocks give Poly1305's key and
// key stream for 192 bytes, so that a small frame costs one pass.
//
// No branch and no address depends on anything but sizes (tests/constant_time has valgrind watch).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/bytes.h"

namespace sotto {

class ChaCha20Poly1305Kernel {
 public:
  static constexpr std::size_t kKeySize = 32;
  static constexpr std::size_t kNonceSize = 12;
  static constexpr std::size_t kTagSize = 16;
  using Key = std::span<const std::uint8_t, kKeySize>;
  using Nonce = std::span<const std::uint8_t, kNonceSize>;

  // `sealed` is plain.size() + kTagSize bytes and may begin where `plain` does; otherwise they
  // must not overlap. Sizes are below 2^32.
  static void seal(Key key, Nonce nonce, ByteView aad, ByteView plain, MutableBytes sealed);

  // `plain` is sealed.size() - kTagSize bytes and may begin where `sealed` does. False when it is
  // not authentic: then `plain` holds zeros.
  [[nodiscard]] static bool open(Key key, Nonce nonce, ByteView aad, ByteView sealed,
                                 MutableBytes plain);
};

}  // namespace sotto
