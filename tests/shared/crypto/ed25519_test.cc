#include "crypto/ed25519.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "support/seeded_random.h"

namespace sotto {
namespace {

std::vector<std::uint8_t> bytes(const char* hex) {
  return from_hex(hex).value();
}

// RFC 8032 section 7.1, TEST 1 and TEST 3.
struct Published {
  const char *seed, *public_key, *message, *signature;
} const kPublished[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b"
     "46bd25bf5f0595bbe24655141438e7a100b"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc"
     "6"
     "594a7c15e9716ed28dc027beceea1ec40a"}};

TEST(Ed25519, SignsAndAcceptsAsTheRfcDoes) {
  for (const Published& published : kPublished) {
    const auto pair =
        Ed25519KeyPair::from_seed(ByteView(bytes(published.seed)).first<kEd25519SeedSize>());
    EXPECT_EQ(to_hex(pair.public_key()), published.public_key);
    EXPECT_EQ(to_hex(pair.seed()), published.seed);
    EXPECT_EQ(to_hex(pair.sign(bytes(published.message))), published.signature);
    EXPECT_TRUE(ed25519_verify(bytes(published.public_key), bytes(published.message),
                               bytes(published.signature)));
  }
}

TEST(Ed25519, RefusesASignatureOrMessageWithAnyBitChanged) {
  test::SeededRandom random(1);
  const auto pair = Ed25519KeyPair::generate(random);
  std::vector<std::uint8_t> message = {1, 2, 3};
  auto signature = pair.sign(message);
  for (std::size_t bit = 0; bit < 8 * signature.size(); ++bit) {
    signature[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    EXPECT_EQ(ed25519_verify(pair.public_key(), message, signature).error(),
              Error::kUnauthenticated);
    signature[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
  }
  EXPECT_TRUE(ed25519_verify(pair.public_key(), message, signature));
  message[1] ^= 1;
  EXPECT_FALSE(ed25519_verify(pair.public_key(), message, signature));
}

// S + L verifies the same equation: who accepts it accepts two signatures of one message.
TEST(Ed25519, RefusesASecondSignatureThatAnybodyCanMakeOfTheFirst) {
  test::SeededRandom random(2);
  const auto pair = Ed25519KeyPair::generate(random);
  auto signature = pair.sign({});
  const auto order = bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  unsigned carry = 0;
  for (std::size_t i = 0; i < 32; ++i) {
    carry += signature[32 + i] + order[i];
    signature[32 + i] = static_cast<std::uint8_t>(carry);
    carry >>= 8;
  }
  EXPECT_FALSE(ed25519_verify(pair.public_key(), {}, signature));
}

// R = A = the neutral element and S = 0 satisfy the equation for every message.
TEST(Ed25519, RefusesAPublicKeyUnderWhichEverythingIsSigned) {
  std::vector<std::uint8_t> neutral(32), signature(64);
  neutral[0] = signature[0] = 1;
  EXPECT_FALSE(ed25519_verify(neutral, as_bytes("anything"), signature));
}

TEST(Ed25519, RefusesOtherSizesOfKeyAndSignature) {
  const Published& published = kPublished[0];
  auto key = bytes(published.public_key), signature = bytes(published.signature);
  EXPECT_FALSE(ed25519_verify(ByteView(key).first(31), {}, signature));
  EXPECT_FALSE(ed25519_verify(key, {}, ByteView(signature).first(63)));
  EXPECT_FALSE(ed25519_verify({}, {}, {}));
  key.push_back(0);
  EXPECT_FALSE(ed25519_verify(key, {}, signature));
  key.pop_back();
  signature.push_back(0);
  EXPECT_FALSE(ed25519_verify(key, {}, signature));
}

}  // namespace
}  // namespace sotto
