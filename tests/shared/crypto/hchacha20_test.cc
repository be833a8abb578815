#include "crypto/hchacha20.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include "base/hex.h"
#include "shared/seeded_random.h"

namespace sotto {
namespace {

std::string subkey(ByteView key, ByteView nonce) {
  return to_hex(hchacha20(key.first<32>(), nonce.first<16>()).view());
}

TEST(HChaCha20, MatchesTheXchachaDraftSection221) {
  EXPECT_EQ(subkey(*from_hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
                   *from_hex("000000090000004a0000000031415927")),
            "82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc");
}

TEST(HChaCha20, AgreesWithLibsodium) {
  SeededRandom random;
  for (int i = 0; i < 1000; ++i) {
    const auto key = random.bytes(32), nonce = random.bytes(16);
    std::uint8_t expected[32];
    crypto_core_hchacha20(expected, nonce.data(), key.data(), nullptr);
    ASSERT_EQ(subkey(key, nonce), to_hex(expected));
  }
}

}  // namespace
}  // namespace sotto
