// The browser's field arithmetic, which signs and agrees on keys with secret limbs (-O2, as
// kernel_check.cc).
#pragma once

#include <valgrind/memcheck.h>

#include <cstdint>

namespace products {

using fe25519 = std::int32_t[10];
#include "../../wasm/src/ed25519_products.h"

inline bool check() {
  std::int32_t f[10], g[10], h[10], square[10], twice[10];
  for (int i = 0; i < 10; ++i) f[i] = 1000003 * (i + 1), g[i] = -999983 * (i + 1);
  VALGRIND_MAKE_MEM_UNDEFINED(f, sizeof f);
  VALGRIND_MAKE_MEM_UNDEFINED(g, sizeof g);
  fe25519_mul(h, f, g);
  fe25519_sq(square, f);
  fe25519_sq2(twice, g);
  // They did run on what was hidden: their output is undefined too.
  std::uint8_t undefined[3] = {};
  (void)VALGRIND_GET_VBITS(h, &undefined[0], 1);
  (void)VALGRIND_GET_VBITS(square, &undefined[1], 1);
  (void)VALGRIND_GET_VBITS(twice, &undefined[2], 1);
  return undefined[0] != 0 && undefined[1] != 0 && undefined[2] != 0;
}

}  // namespace products
