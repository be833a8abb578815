// The kernel for Node's tests (chacha20_poly1305.test.mjs). One buffer: key, nonce, then AAD and text.
#include "crypto/chacha20_poly1305_kernel.h"

#define TEST_EXPORT extern "C" __attribute__((visibility("default"), used))

namespace {

using Kernel = sotto::ChaCha20Poly1305Kernel;

constexpr std::size_t kText = 44;
alignas(16) std::uint8_t buffer[1 << 18];

Kernel::Key key() {
  return Kernel::Key(buffer, 32);
}
Kernel::Nonce nonce() {
  return Kernel::Nonce(buffer + 32, 12);
}

}  // namespace

TEST_EXPORT std::uint8_t* test_buffer() {
  return buffer;
}

TEST_EXPORT std::uint32_t test_buffer_size() {
  return sizeof buffer;
}

// The text begins behind `aad` bytes; its sealed form `apart` bytes further on (0: in place).
TEST_EXPORT void test_seal(std::uint32_t aad, std::uint32_t size, std::uint32_t apart) {
  std::uint8_t* text = buffer + kText + aad;
  Kernel::seal(key(), nonce(), {buffer + kText, aad}, {text, size}, {text + apart, size + 16});
}

TEST_EXPORT int test_open(std::uint32_t aad, std::uint32_t size, std::uint32_t apart) {
  std::uint8_t* text = buffer + kText + aad;
  return Kernel::open(key(), nonce(), {buffer + kText, aad}, {text, size + 16},
                      {text + apart, size})
             ? 1
             : 0;
}
