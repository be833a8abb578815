// Four consecutive blocks of ChaCha20 (RFC 8439 section 2.3) at once: vector i holds word i of each
// of the four states, so that a round is a round of all four and nothing crosses lanes until the
// end. The loops over words must be unrolled, at every level of optimisation, for the state to live in
// registers.
#pragma once

#include "crypto/chacha20_vector.h"

namespace sotto {

class ChaCha20Blocks {
 public:
  static constexpr std::size_t kSize = 256;

  // `key` is 32 bytes, `nonce` 12; the first of the four blocks has number `counter`.
  [[gnu::always_inline]] ChaCha20Blocks(const std::uint8_t* key, const std::uint8_t* nonce,
                                        std::uint32_t counter) {
    set_input(x_, key, nonce, counter);
  }

  // A round is four quarter rounds that do not touch each other; they go step by step side by
  // side, as every step waits for the one before.
  [[gnu::always_inline]] void column_round() { quarter_rounds<0>(); }
  [[gnu::always_inline]] void diagonal_round() { quarter_rounds<1>(); }

  // After ten of both: 256 bytes of key stream, each group of 16 handed to `store(offset, bytes)`.
  template <typename Store>
  [[gnu::always_inline]] void finish(const std::uint8_t* key, const std::uint8_t* nonce,
                                     std::uint32_t counter, Store&& store) {
    U32x4 input[16];
    set_input(input, key, nonce, counter);
#pragma GCC unroll 4
    for (std::size_t row = 0; row < 4; ++row) {
      const std::size_t i = 4 * row;
      const U32x4 a = x_[i] + input[i], b = x_[i + 1] + input[i + 1];
      const U32x4 c = x_[i + 2] + input[i + 2], d = x_[i + 3] + input[i + 3];
      // Words i to i + 3 of four blocks, transposed.
      const U32x4 ab01 = __builtin_shufflevector(a, b, 0, 4, 1, 5);
      const U32x4 cd01 = __builtin_shufflevector(c, d, 0, 4, 1, 5);
      const U32x4 ab23 = __builtin_shufflevector(a, b, 2, 6, 3, 7);
      const U32x4 cd23 = __builtin_shufflevector(c, d, 2, 6, 3, 7);
      store(16 * row, __builtin_shufflevector(ab01, cd01, 0, 1, 4, 5));
      store(16 * row + 64, __builtin_shufflevector(ab01, cd01, 2, 3, 6, 7));
      store(16 * row + 128, __builtin_shufflevector(ab23, cd23, 0, 1, 4, 5));
      store(16 * row + 192, __builtin_shufflevector(ab23, cd23, 2, 3, 6, 7));
    }
  }

 private:
  struct Row {
    std::size_t word[4];
  };
  static constexpr Row row(std::size_t first, std::size_t shift) {
    Row row{};
    for (std::size_t i = 0; i < 4; ++i) row.word[i] = first + (i + shift) % 4;
    return row;
  }

  [[gnu::always_inline]] static void set_input(U32x4 (&words)[16], const std::uint8_t* key,
                                               const std::uint8_t* nonce, std::uint32_t counter) {
    constexpr std::uint32_t kConstants[4] = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
#pragma GCC unroll 4
    for (std::size_t i = 0; i < 4; ++i) words[i] = U32x4{} + kConstants[i];
#pragma GCC unroll 8
    for (std::size_t i = 0; i < 8; ++i) words[4 + i] = load_word(key + 4 * i);
    words[12] = U32x4{0, 1, 2, 3} + counter;
#pragma GCC unroll 3
    for (std::size_t i = 0; i < 3; ++i) words[13 + i] = load_word(nonce + 4 * i);
  }

  // Four quarter rounds on the columns of the state; the diagonals are columns of a state whose
  // rows are shifted by 0, 1, 2 and 3.
  template <std::size_t kShift>
  [[gnu::always_inline]] void quarter_rounds() {
    constexpr Row kA = row(0, 0), kB = row(4, kShift), kC = row(8, 2 * kShift),
                  kD = row(12, 3 * kShift);
    step<16>(kA, kB, kD);
    step<12>(kC, kD, kB);
    step<8>(kA, kB, kD);
    step<7>(kC, kD, kB);
  }

  // sum += addend; other = (other ^ sum) <<< kBits, in each of the four quarters.
  template <int kBits>
  [[gnu::always_inline]] void step(const Row& sum, const Row& addend, const Row& other) {
#pragma GCC unroll 4
    for (std::size_t i = 0; i < 4; ++i) x_[sum.word[i]] += x_[addend.word[i]];
#pragma GCC unroll 4
    for (std::size_t i = 0; i < 4; ++i) x_[other.word[i]] ^= x_[sum.word[i]];
#pragma GCC unroll 4
    for (std::size_t i = 0; i < 4; ++i) {
      x_[other.word[i]] = rotate_left<kBits>(x_[other.word[i]]);
    }
  }

  U32x4 x_[16];
};

}  // namespace sotto
