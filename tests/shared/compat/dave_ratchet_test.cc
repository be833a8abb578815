#include "compat/dave_ratchet.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/hex.h"

namespace sotto {
namespace {

constexpr std::uint8_t kBase[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
constexpr std::uint8_t kNonce[12] = {};

Time at(int seconds) {
  return Time(std::chrono::seconds(seconds));
}

// True when this is the cipher of that key.
bool is_of(Aead* cipher, const char* key) {
  auto reference = make_aead(AeadAlgorithm::kAes128Gcm_64, from_hex(key).value()).value();
  std::uint8_t tag[8];
  EXPECT_TRUE(reference->seal(kNonce, {}, {}, tag));
  return cipher->open(kNonce, {}, tag, {}).has_value();
}

// The keys were computed with WebCrypto after the published protocol.
TEST(DaveRatchetTest, HasTheKeysOfTheProtocolInAnyOrder) {
  DaveRatchet ratchet = DaveRatchet::create(kBase).value();
  EXPECT_TRUE(is_of(ratchet.cipher(2, at(0)).value(), "ef2427778fb709d7d1e070846f920024"));
  EXPECT_TRUE(is_of(ratchet.cipher(0, at(0)).value(), "58fc013108dbf996ef651e3f01658bfb"));
  EXPECT_TRUE(is_of(ratchet.cipher(1, at(0)).value(), "9cddc08f0c8a7cfecabfe757dc33b039"));
  ratchet.cipher(10, at(0)).value();
  ratchet.used(10, at(0));
  EXPECT_TRUE(is_of(ratchet.cipher(255, at(0)).value(), "c15155122db6f2bc0941e75952c9f273"));
}

TEST(DaveRatchetTest, RefusesGenerationsTooFarAhead) {
  DaveRatchet ratchet = DaveRatchet::create(kBase).value();
  EXPECT_TRUE(ratchet.cipher(250, at(0)));
  EXPECT_EQ(ratchet.cipher(251, at(0)).error(), Error::kTooLarge);
  ASSERT_TRUE(ratchet.cipher(1, at(0)));
  ratchet.used(1, at(0));
  EXPECT_TRUE(ratchet.cipher(251, at(0)));
  EXPECT_EQ(ratchet.cipher(252, at(0)).error(), Error::kTooLarge);
}

TEST(DaveRatchetTest, ForgetsOldGenerationsTenSecondsAfterANewerOneWasUsed) {
  DaveRatchet ratchet = DaveRatchet::create(kBase).value();
  ASSERT_TRUE(ratchet.cipher(3, at(1)));
  ratchet.used(3, at(1));
  EXPECT_TRUE(ratchet.cipher(2, at(10)));
  EXPECT_EQ(ratchet.cipher(2, at(11)).error(), Error::kExpired);
  EXPECT_EQ(ratchet.cipher(0, at(11)).error(), Error::kExpired);
  EXPECT_TRUE(ratchet.cipher(3, at(11)));
}

TEST(DaveRatchetTest, ForgetsNothingForMereClaims) {
  DaveRatchet ratchet = DaveRatchet::create(kBase).value();
  for (unsigned generation = 0; generation <= 250; ++generation) {
    EXPECT_TRUE(ratchet.cipher(generation, at(100)));
  }
  EXPECT_TRUE(is_of(ratchet.cipher(0, at(1000)).value(), "58fc013108dbf996ef651e3f01658bfb"));
}

TEST(DaveRatchetTest, TakesBaseSecretsOf16BytesAlone) {
  EXPECT_EQ(DaveRatchet::create({}).error(), Error::kInvalidArgument);
  EXPECT_EQ(DaveRatchet::create(std::vector<std::uint8_t>(32)).error(), Error::kInvalidArgument);
}

}  // namespace
}  // namespace sotto
