#include "crypto/constant_time.h"

#ifndef __EMSCRIPTEN__
#include <sodium.h>
#endif

namespace sotto {

bool equal_constant_time(ByteView a, ByteView b) {
  if (a.size() != b.size()) return false;
#ifdef __EMSCRIPTEN__
  volatile std::uint8_t difference = 0;  // so that the loop is not left at the first one
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference = static_cast<std::uint8_t>(difference | (a[i] ^ b[i]));
  }
  return difference == 0;
#else
  return a.empty() || sodium_memcmp(a.data(), b.data(), a.size()) == 0;
#endif
}

}  // namespace sotto
