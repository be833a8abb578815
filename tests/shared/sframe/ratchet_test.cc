#include "sframe/ratchet.h"

#include <gtest/gtest.h>

#include "base/hex.h"

namespace sotto {
namespace {

BaseKey key_of(std::uint8_t byte) {
  const std::uint8_t bytes[16] = {byte};
  return *BaseKey::from(bytes);
}

std::string hex_after(CipherSuite suite, std::uint32_t steps) {
  return to_hex(ratchet_base_key(suite, key_of(1), steps)->view());
}

// Computed with Python's hmac module from the formula of section 5.1.
TEST(Ratchet, StepsAsRfc9605Section5Dot1Says) {
  const BaseKey key = *BaseKey::from(*from_hex("000102030405060708090a0b0c0d0e0f"));
  EXPECT_EQ(to_hex(ratchet_base_key(kSottoSuite, key, 1)->view()),
            "fb75d8d5782da6c6cbf18ac43eca5da9e47f7e6ac7926a78e486226bd2af0f87");
  EXPECT_EQ(to_hex(ratchet_base_key(kSottoSuite, key, 3)->view()),
            "b791038937f6176e569a04e6ac99e8591d4d969a54ca059dd1405751d7e40059");
  EXPECT_EQ(to_hex(ratchet_base_key(CipherSuite::kAes256GcmSha512_128, key, 1)->view()),
            "895fe5603750295ccbe0d5ed9745617b46e9cf9b428179b8f29f3147492bb08f"
            "aa190560720ee0e4570760b64e7d5931120c391b7c7becc429ea35a9d07475aa");
}

TEST(Ratchet, GoesTheSameWayInOneLeapAsStepByStep) {
  BaseKey key = key_of(1);
  for (std::uint32_t steps = 1; steps <= 20; ++steps) {
    key = *ratchet_base_key(kSottoSuite, key, 1);
    EXPECT_EQ(to_hex(key.view()), hex_after(kSottoSuite, steps));
  }
  EXPECT_EQ(hex_after(kSottoSuite, 0), to_hex(key_of(1).view()));
}

TEST(Ratchet, FollowsForwardAndNeverBack) {
  Ratchet ratchet(key_of(1));
  ASSERT_FALSE(ratchet.accept(0, 0, key_of(1)));
  EXPECT_TRUE(ratchet.accept(5, 5, key_of(2)));
  EXPECT_EQ(ratchet.step(), 5);
  EXPECT_EQ(ratchet.guess(5).count, 1u);
  EXPECT_EQ(ratchet.guess(9).forward[0], 4u);
  EXPECT_EQ(ratchet.guess(5 + Ratchet::kMaxForward).count, 1u);
  EXPECT_EQ(ratchet.guess(6 + Ratchet::kMaxForward).count, 0u);
  EXPECT_EQ(ratchet.guess(4).count, 0u) << "the past";
}

TEST(Ratchet, GoesOnBeyondTheLastOfItsEightBits) {
  Ratchet ratchet(key_of(1));
  ratchet.accept(0, 0, key_of(1));
  for (int step = 0; step < 1000; step += 100)
    ratchet.accept(static_cast<std::uint8_t>(step + 100), 100, key_of(1));
  EXPECT_EQ(ratchet.step(), 1000 % 256);
  EXPECT_EQ(ratchet.guess(1001 % 256).forward[0], 1u);
  EXPECT_EQ(ratchet.guess(999 % 256).count, 0u);
}

TEST(Ratchet, GivenToANewcomerBelongsToTheStepThatItsFirstFrameProves) {
  Ratchet ratchet(key_of(1));
  const Ratchet::Guesses guesses = ratchet.guess(7);
  ASSERT_EQ(guesses.count, 2u);
  EXPECT_EQ(guesses.forward[0], 0u) << "the key is current";
  EXPECT_EQ(guesses.forward[1], 7u) << "the key is the first";
  EXPECT_FALSE(ratchet.accept(7, 0, key_of(1)));
  EXPECT_EQ(ratchet.step(), 7);
  EXPECT_EQ(ratchet.guess(8).forward[0], 1u);
  EXPECT_EQ(ratchet.guess(6).count, 0u);
}

TEST(Ratchet, TakesTheApplicationsStepAndTheFramesForOne) {
  Ratchet ratchet(key_of(1));
  ASSERT_TRUE(ratchet.advance(kSottoSuite));
  EXPECT_EQ(ratchet.step(), 1);
  EXPECT_EQ(to_hex(ratchet.key().view()), hex_after(kSottoSuite, 1));
  ratchet.accept(1, 0, ratchet.key().copy());
  ratchet.accept(2, 1, *ratchet_base_key(kSottoSuite, ratchet.key(), 1));
  ASSERT_TRUE(ratchet.advance(kSottoSuite));
  EXPECT_EQ(ratchet.step(), 2) << "the frame came first";
  ASSERT_TRUE(ratchet.advance(kSottoSuite));
  EXPECT_EQ(ratchet.step(), 3);
}

TEST(BaseKey, IsOfOneByteToTheSizeOfTheLargestHash) {
  const std::uint8_t bytes[65] = {};
  EXPECT_EQ(BaseKey::from({}).error(), Error::kInvalidArgument);
  EXPECT_EQ(BaseKey::from(bytes).error(), Error::kInvalidArgument);
  EXPECT_EQ(BaseKey::from(ByteView(bytes).first(64))->view().size(), 64u);
}

}  // namespace
}  // namespace sotto
