// ChaCha20's words in compiler vectors: four lanes of 32 bits, the same source for every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#ifdef __wasm_simd128__
#include <wasm_simd128.h>
#endif

namespace sotto {

using U32x4 = std::uint32_t __attribute__((vector_size(16)));
using U8x16 = std::uint8_t __attribute__((vector_size(16)));

inline U32x4 load_vector(const std::uint8_t* at) {
  U32x4 value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

inline void store_vector(std::uint8_t* at, U32x4 value) {
  std::memcpy(at, &value, sizeof value);
}

// 4 bytes, little-endian, in all four lanes.
inline U32x4 load_word(const std::uint8_t* at) {
  std::uint32_t word;
  std::memcpy(&word, at, sizeof word);
  return U32x4{word, word, word, word};
}

template <int kBits>
[[gnu::always_inline]] inline U32x4 rotate_left(U32x4 value) {
#ifdef __wasm_simd128__
  // Whole bytes move in one instruction. It must be a swizzle with a constant: engines keep its
  // mask in a register, and a shuffle's in code.
  if constexpr (kBits == 16) {
    const U8x16 kOrder = {2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13};
    return (U32x4)wasm_i8x16_swizzle((v128_t)value, (v128_t)kOrder);
  }
  if constexpr (kBits == 8) {
    const U8x16 kOrder = {3, 0, 1, 2, 7, 4, 5, 6, 11, 8, 9, 10, 15, 12, 13, 14};
    return (U32x4)wasm_i8x16_swizzle((v128_t)value, (v128_t)kOrder);
  }
#endif
  return (value << kBits) | (value >> (32 - kBits));
}

}  // namespace sotto
