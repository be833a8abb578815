// A few blocks of ChaCha20 (RFC 8439 section 2.3), each in four vectors, one for each row of its
// state. For small frames: unlike four blocks at once (chacha20_blocks.h) this fits into registers.
#pragma once

#include "crypto/chacha20_vector.h"

namespace sotto {

template <std::size_t kBlocks>
class ChaCha20Rows {
 public:
  static constexpr std::size_t kSize = 64 * kBlocks;

  // Writes blocks 0 to kBlocks - 1 of the key stream. `key` is 32 bytes, `nonce` 12.
  static void key_stream(const std::uint8_t* key, const std::uint8_t* nonce, std::uint8_t* out) {
    const U32x4 constants = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
    const U32x4 key_low = load_vector(key), key_high = load_vector(key + 16);
    const U32x4 counter_nonce = {0, load_word(nonce)[0], load_word(nonce + 4)[0],
                                 load_word(nonce + 8)[0]};
    ChaCha20Rows state;
    for (std::uint32_t i = 0; i < kBlocks; ++i) {
      state.a_[i] = constants;
      state.b_[i] = key_low;
      state.c_[i] = key_high;
      state.d_[i] = counter_nonce + U32x4{i, 0, 0, 0};
    }
    for (int i = 0; i < 10; ++i) {
      state.round();
      state.template shift_rows<1, 2, 3>();  // diagonals become columns
      state.round();
      state.template shift_rows<3, 2, 1>();
    }
    for (std::uint32_t i = 0; i < kBlocks; ++i, out += 64) {
      store_vector(out, state.a_[i] + constants);
      store_vector(out + 16, state.b_[i] + key_low);
      store_vector(out + 32, state.c_[i] + key_high);
      store_vector(out + 48, state.d_[i] + counter_nonce + U32x4{i, 0, 0, 0});
    }
  }

 private:
  using Row = U32x4[kBlocks];

  [[gnu::always_inline]] void round() {
    step<16>(a_, b_, d_);
    step<12>(c_, d_, b_);
    step<8>(a_, b_, d_);
    step<7>(c_, d_, b_);
  }

  // sum += addend; other = (other ^ sum) <<< kBits, in all blocks side by side.
  template <int kBits>
  [[gnu::always_inline]] static void step(Row& sum, const Row& addend, Row& other) {
    for (std::size_t i = 0; i < kBlocks; ++i) sum[i] += addend[i];
    for (std::size_t i = 0; i < kBlocks; ++i) other[i] ^= sum[i];
    for (std::size_t i = 0; i < kBlocks; ++i) other[i] = rotate_left<kBits>(other[i]);
  }

  template <int kB, int kC, int kD>
  [[gnu::always_inline]] void shift_rows() {
    for (std::size_t i = 0; i < kBlocks; ++i) {
      b_[i] = rotate_lanes<kB>(b_[i]);
      c_[i] = rotate_lanes<kC>(c_[i]);
      d_[i] = rotate_lanes<kD>(d_[i]);
    }
  }

  template <int kLanes>
  [[gnu::always_inline]] static U32x4 rotate_lanes(U32x4 value) {
    return __builtin_shufflevector(value, value, kLanes, (kLanes + 1) % 4, (kLanes + 2) % 4,
                                   (kLanes + 3) % 4);
  }

  Row a_, b_, c_, d_;
};

}  // namespace sotto
