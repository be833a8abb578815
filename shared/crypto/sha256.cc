#include "crypto/sha256.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "crypto/secret.h"

namespace sotto {
namespace {

// Section 4.2.2: of the cube roots of the first 64 primes.
constexpr std::uint32_t kRounds[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

// Section 5.3.3.
constexpr std::uint32_t kStart[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                     0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

std::uint32_t load_big_endian(const std::uint8_t* at) {
  std::uint32_t word;
  std::memcpy(&word, at, sizeof word);
  return __builtin_bswap32(word);
}

void store_big_endian(std::uint8_t* at, std::uint32_t word) {
  word = __builtin_bswap32(word);
  std::memcpy(at, &word, sizeof word);
}

}  // namespace

Sha256::Sha256() {
  std::memcpy(state_, kStart, sizeof state_);
}

Sha256::~Sha256() {
  wipe(MutableBytes(reinterpret_cast<std::uint8_t*>(this), sizeof *this));
}

void Sha256::update(ByteView part) {
  while (!part.empty()) {
    const std::size_t filled = size_ % kBlock;
    const std::size_t taken = std::min(part.size(), kBlock - filled);
    std::memcpy(block_ + filled, part.data(), taken);
    part = part.subspan(taken);
    size_ += taken;
    if (filled + taken == kBlock) compress();
  }
}

void Sha256::finish(std::span<std::uint8_t, kSize> digest) {
  const std::uint64_t bits = size_ * 8;
  static constexpr std::uint8_t kPadding[kBlock] = {0x80};
  update(ByteView(kPadding).first(1 + (2 * kBlock - 9 - size_ % kBlock) % kBlock));
  store_big_endian(block_ + kBlock - 8, static_cast<std::uint32_t>(bits >> 32));
  store_big_endian(block_ + kBlock - 4, static_cast<std::uint32_t>(bits));
  compress();
  for (std::size_t i = 0; i < 8; ++i) store_big_endian(digest.data() + 4 * i, state_[i]);
}

// Section 6.2.2; of the message schedule W only the latest 16 words are kept.
void Sha256::compress() {
  std::uint32_t words[16];
  auto [a, b, c, d, e, f, g, h] = state_;
  for (std::size_t t = 0; t < 64; ++t) {
    std::uint32_t& word = words[t % 16];
    if (t < 16) {
      word = load_big_endian(block_ + 4 * t);
    } else {
      const std::uint32_t x = words[(t + 1) % 16], y = words[(t + 14) % 16];
      word += (std::rotr(x, 7) ^ std::rotr(x, 18) ^ x >> 3) + words[(t + 9) % 16] +
              (std::rotr(y, 17) ^ std::rotr(y, 19) ^ y >> 10);
    }
    const std::uint32_t t1 = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                             ((e & f) ^ (~e & g)) + kRounds[t] + word;
    const std::uint32_t t2 =
        (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g, g = f, f = e, e = d + t1, d = c, c = b, b = a, a = t1 + t2;
  }
  const std::uint32_t sums[8] = {a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < 8; ++i) state_[i] += sums[i];
  wipe(MutableBytes(reinterpret_cast<std::uint8_t*>(words), sizeof words));
}

}  // namespace sotto
