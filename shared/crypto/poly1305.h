// Poly1305 (RFC 8439 section 2.5) over whole blocks of 16 bytes, as the AEAD uses it: everything
// is padded with zeros there. In 64-bit multiplications, which WebAssembly has; it has none of
// 128 bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

#include "base/bytes.h"

namespace sotto {

class Poly1305 {
 public:
  static constexpr std::size_t kKeySize = 32;
  static constexpr std::size_t kTagSize = 16;
  static constexpr std::size_t kBlockSize = 16;

  explicit Poly1305(std::span<const std::uint8_t, kKeySize> one_time_key);

  // Adds the 16 bytes at `message`. Inline, to be mixed with other work.
  [[gnu::always_inline]] void block(const std::uint8_t* message) {
    add(load(message), load(message + 4), load(message + 8), load(message + 12));
  }

  // Adds `count` of them.
  void blocks(const std::uint8_t* message, std::size_t count);

  // Adds `message`, with zeros up to a whole block.
  void padded(ByteView message);

  // The AEAD's last block: both sizes in 64 bits, little-endian.
  void sizes(std::uint64_t aad, std::uint64_t text);

  // And forgets its key.
  void finish(std::span<std::uint8_t, kTagSize> tag);

 private:
  static std::uint64_t load(const std::uint8_t* at) {
    std::uint32_t word;
    std::memcpy(&word, at, sizeof word);
    return word;
  }

  // h = (h + message + 2^128) * r mod 2^130 - 5, in limbs of 32 bits with room above.
  //
  // The clamped r is below 2^28 in each limb, and its limbs 1 to 3 are multiples of 4; so what
  // passes 2^128 comes back at the bottom as 5/4 of r (s). Afterwards limbs 1 to 3 are below 2^32,
  // limb 0 below 2.6 * 2^32, limb 4 below 4. With a message on top no sum passes 12 * 2^60.
  [[gnu::always_inline]] void add(std::uint64_t m0, std::uint64_t m1, std::uint64_t m2,
                                  std::uint64_t m3) {
    const std::uint64_t a0 = h0_ + m0, a1 = h1_ + m1, a2 = h2_ + m2, a3 = h3_ + m3, a4 = h4_ + 1;
    std::uint64_t d0 = a0 * r0_ + a1 * s3_ + a2 * s2_ + a3 * s1_;
    std::uint64_t d1 = a0 * r1_ + a1 * r0_ + a2 * s3_ + a3 * s2_ + a4 * s1_;
    std::uint64_t d2 = a0 * r2_ + a1 * r1_ + a2 * r0_ + a3 * s3_ + a4 * s2_;
    std::uint64_t d3 = a0 * r3_ + a1 * r2_ + a2 * r1_ + a3 * r0_ + a4 * s3_;
    std::uint64_t d4 = a4 * r0_;
    d1 += d0 >> 32;
    d2 += d1 >> 32;
    d3 += d2 >> 32;
    d4 += d3 >> 32;
    h0_ = (d0 & kLow) + (d4 >> 2) * 5;
    h1_ = d1 & kLow;
    h2_ = d2 & kLow;
    h3_ = d3 & kLow;
    h4_ = d4 & 3;
  }

  static constexpr std::uint64_t kLow = 0xffffffff;

  std::uint64_t h0_ = 0, h1_ = 0, h2_ = 0, h3_ = 0, h4_ = 0;
  std::uint64_t r0_, r1_, r2_, r3_;
  std::uint64_t s1_, s2_, s3_;
  std::uint32_t pad_[4];
};

}  // namespace sotto
