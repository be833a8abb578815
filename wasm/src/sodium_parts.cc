// What libsodium's core.c and randombytes.c are natively, for a module that uses ChaCha20-Poly1305
// and SHA-2 alone: no Emscripten runtime for randomness, and no start-up that would link every
// primitive in order to choose its best implementation (here there is one of each).
#include <sodium/core.h>
#include <sodium/randombytes.h>

#include "browser_random.h"

extern "C" {

int sodium_init() {
  return 0;
}

void sodium_misuse() {
  __builtin_trap();
}

void randombytes_buf(void* const buffer, const size_t size) {
  sotto::BrowserRandom().fill({static_cast<std::uint8_t*>(buffer), size});
}

uint32_t randombytes_random() {
  return sotto::BrowserRandom().u32();
}

void randombytes_stir() {}

}  // extern "C"
