#include "crypto/x25519.h"

#include <gtest/gtest.h>

#include "base/hex.h"

namespace sotto {
namespace {

Secret<32> key(const char* hex) {
  return Secret<32>(ByteView(from_hex(hex).value()).first<32>());
}

// RFC 7748 section 6.1.
TEST(X25519, AgreesOnTheSecretOfTheRfc) {
  const auto alice = key("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
  const auto bob = key("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
  const auto of_alice = x25519_public_key(alice.view());
  const auto of_bob = x25519_public_key(bob.view());
  EXPECT_EQ(to_hex(of_alice), "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
  EXPECT_EQ(to_hex(of_bob), "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f");
  const char* shared = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";
  EXPECT_EQ(to_hex(x25519(alice.view(), of_bob)->view()), shared);
  EXPECT_EQ(to_hex(x25519(bob.view(), of_alice)->view()), shared);
}

// Section 5.2: the same again after 1,000 rounds.
TEST(X25519, KeepsCountForAThousandRounds) {
  auto k = key("0900000000000000000000000000000000000000000000000000000000000000");
  auto u = key("0900000000000000000000000000000000000000000000000000000000000000");
  for (int i = 0; i < 1000; ++i) {
    auto next = x25519(k.view(), u.view());
    ASSERT_TRUE(next);
    u = std::move(k);
    k = std::move(*next);
  }
  EXPECT_EQ(to_hex(k.view()), "684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51");
}

// Each of them makes zeros of every private key: a secret that everybody knows.
TEST(X25519, RefusesPublicKeysThatLeaveNoSecret) {
  const auto alice = key("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
  for (const char* small : {"0000000000000000000000000000000000000000000000000000000000000000",
                            "0100000000000000000000000000000000000000000000000000000000000000",
                            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                            "0000000000000000000000000000000000000000000000000000000000000080"}) {
    const auto shared = x25519(alice.view(), key(small).view());
    ASSERT_FALSE(shared) << small;
    EXPECT_EQ(shared.error(), Error::kMalformed);
    EXPECT_TRUE(x25519_is_small_order(key(small).view())) << small;
    Secret<32> ignored_bit = key(small);
    ignored_bit.writable()[31] ^= 0x80;
    EXPECT_TRUE(x25519_is_small_order(ignored_bit.view())) << small;
    for (int bit = 0; bit < 255; ++bit) {
      Secret<32> other = key(small);
      other.writable()[bit / 8] ^= 1 << bit % 8;
      EXPECT_EQ(x25519_is_small_order(other.view()), !x25519(alice.view(), other.view())) << bit;
    }
  }
}

TEST(X25519, KnowsOrdinaryPublicKeysFromThose) {
  const auto alice = key("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
  EXPECT_FALSE(x25519_is_small_order(x25519_public_key(alice.view())));
  EXPECT_FALSE(x25519_is_small_order(
      key("0900000000000000000000000000000000000000000000000000000000000000").view()));
}

}  // namespace
}  // namespace sotto
