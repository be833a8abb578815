#include "crypto/poly1305.h"

namespace sotto {
Poly1305::Poly1305(std::span<const std::uint8_t, kKeySize> one_time_key) {
  const std::uint8_t* key = one_time_key.data();
  r0_ = load(key) & 0x0fffffff;
  r1_ = load(key + 4) & 0x0ffffffc;
  r2_ = load(key + 8) & 0x0ffffffc;
  r3_ = load(key + 12) & 0x0ffffffc;
  s1_ = r1_ + (r1_ >> 2);
  s2_ = r2_ + (r2_ >> 2);
  s3_ = r3_ + (r3_ >> 2);
  std::memcpy(pad_, key + 16, sizeof pad_);
}

void Poly1305::blocks(const std::uint8_t* message, std::size_t count) {
  Poly1305 state = *this;  // a copy of its own, so that it stays in registers
  for (; count != 0; --count, message += kBlockSize) state.block(message);
  *this = state;
}

void Poly1305::padded(ByteView message) {
  const std::size_t whole = message.size() / kBlockSize, rest = message.size() % kBlockSize;
  blocks(message.data(), whole);
  if (rest == 0) return;
  std::uint8_t last[kBlockSize] = {};
  std::memcpy(last, message.data() + kBlockSize * whole, rest);
  blocks(last, 1);
}

void Poly1305::sizes(std::uint64_t aad, std::uint64_t text) {
  std::uint8_t last[kBlockSize];
  std::memcpy(last, &aad, sizeof aad);
  std::memcpy(last + 8, &text, sizeof text);
  blocks(last, 1);
}

void Poly1305::finish(std::span<std::uint8_t, kTagSize> tag) {
  // Twice through the carries: the second time nothing but a single bit can move.
  for (int pass = 0; pass < 2; ++pass) {
    h1_ += h0_ >> 32;
    h0_ &= kLow;
    h2_ += h1_ >> 32;
    h1_ &= kLow;
    h3_ += h2_ >> 32;
    h2_ &= kLow;
    h4_ += h3_ >> 32;
    h3_ &= kLow;
    h0_ += (h4_ >> 2) * 5;
    h4_ &= 3;
  }
  // g = h + 5 - 2^130: h is to be reduced once more when that is not negative.
  const std::uint64_t g0 = h0_ + 5;
  const std::uint64_t g1 = h1_ + (g0 >> 32);
  const std::uint64_t g2 = h2_ + (g1 >> 32);
  const std::uint64_t g3 = h3_ + (g2 >> 32);
  const std::uint64_t g4 = h4_ + (g3 >> 32);
  const std::uint64_t reduced = std::uint64_t{0} - (g4 >> 2);
  const std::uint64_t h[4] = {(g0 & reduced) | (h0_ & ~reduced), (g1 & reduced) | (h1_ & ~reduced),
                              (g2 & reduced) | (h2_ & ~reduced), (g3 & reduced) | (h3_ & ~reduced)};
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    sum = (sum >> 32) + (h[i] & kLow) + pad_[i];
    const std::uint32_t word = static_cast<std::uint32_t>(sum);
    std::memcpy(tag.data() + 4 * i, &word, sizeof word);
  }
  std::memset(static_cast<void*>(this), 0, sizeof *this);
  __asm__ volatile("" : : "r"(this) : "memory");  // so that the memset is not dead
}

}  // namespace sotto
