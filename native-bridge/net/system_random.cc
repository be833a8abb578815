#include "net/system_random.h"

#include <openssl/rand.h>

#include <climits>
#include <cstdlib>

namespace sotto::bridge {

void SystemRandom::fill(MutableBytes out) {
  if (out.size() > INT_MAX || RAND_bytes(out.data(), static_cast<int>(out.size())) != 1)
    std::abort();
}

}  // namespace sotto::bridge
