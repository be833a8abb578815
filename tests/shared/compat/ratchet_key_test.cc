#include "compat/ratchet_key.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "crypto/hkdf.h"

namespace sotto {
namespace {

constexpr std::uint8_t kNonce[12] = {};
int derivations = 0;

Result<RatchetStep> derive(ByteView material) {
  ++derivations;
  RatchetStep step;
  TRY_VOID(hmac(Hash::kSha256, material, {as_bytes("key")}, step.key.writable()));
  TRY_VOID(hmac(Hash::kSha256, material, {as_bytes("next")}, step.next.writable()));
  return step;
}

RatchetKey make(bool ratchets = true, std::uint8_t seed = 1) {
  const std::array<std::uint8_t, 32> material = {seed};
  return RatchetKey::create(AeadAlgorithm::kAes128Gcm, derive, ratchets, material).value();
}

Time at(int seconds) {
  return Time(std::chrono::seconds(seconds));
}

std::vector<std::uint8_t> sealed_by(Aead& cipher) {
  std::vector<std::uint8_t> out(16);
  EXPECT_TRUE(cipher.seal(kNonce, {}, {}, out));
  return out;
}

// Which of the receiver's keys opens what this sender seals now; -1 for none.
int opened_by(RatchetKey& receiver, RatchetKey& sender, Time now) {
  const auto sealed = sealed_by(sender.cipher());
  for (std::size_t n = 0; n < RatchetKey::kCandidates; ++n) {
    Aead* cipher = receiver.candidate(n, now);
    if (cipher != nullptr && cipher->open(kNonce, {}, sealed, {})) return static_cast<int>(n);
  }
  return -1;
}

TEST(RatchetKeyTest, FindsASenderUpToEightStepsAhead) {
  for (int steps = 0; steps <= 9; ++steps) {
    RatchetKey sender = make();
    RatchetKey receiver = make();
    for (int i = 0; i < steps; ++i) ASSERT_TRUE(sender.ratchet(at(1)));
    EXPECT_EQ(opened_by(receiver, sender, at(1)), steps == 0 ? 0 : steps == 9 ? -1 : steps + 1);
  }
}

TEST(RatchetKeyTest, MovesOnlyWhenAKeyHasProvedItself) {
  RatchetKey sender = make();
  RatchetKey receiver = make();
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(sender.ratchet(at(1)));
  EXPECT_EQ(opened_by(receiver, sender, at(1)), 9);
  EXPECT_EQ(opened_by(receiver, sender, at(1)), 9);
  EXPECT_TRUE(receiver.proved(9, at(1)));
  EXPECT_EQ(opened_by(receiver, sender, at(1)), 0);
  EXPECT_FALSE(receiver.proved(0, at(1)));
  for (int i = 0; i < 8; ++i) ASSERT_TRUE(sender.ratchet(at(1)));
  EXPECT_EQ(opened_by(receiver, sender, at(1)), 9);
}

TEST(RatchetKeyTest, ComputesTheWindowOnceHoweverManyFramesFail) {
  RatchetKey receiver = make();
  RatchetKey stranger = make(true, 2);
  derivations = 0;
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(opened_by(receiver, stranger, at(1)), -1);
  EXPECT_EQ(derivations, 8);
}

TEST(RatchetKeyTest, KeepsTheKeyBeforeARatchetForTenSeconds) {
  RatchetKey sender = make();
  RatchetKey receiver = make();
  ASSERT_TRUE(receiver.ratchet(at(1)));
  EXPECT_EQ(opened_by(receiver, sender, at(10)), 1);
  EXPECT_EQ(opened_by(receiver, sender, at(11)), -1);
}

TEST(RatchetKeyTest, KeepsTheKeyBeforeARotationForTenSeconds) {
  RatchetKey sender = make();
  RatchetKey receiver = make();
  receiver.replace_with(make(true, 2), at(1));
  EXPECT_EQ(opened_by(receiver, sender, at(10)), 1);
  receiver.expire(at(11));
  EXPECT_EQ(opened_by(receiver, sender, at(10)), -1);
  RatchetKey newer = make(true, 2);
  EXPECT_EQ(opened_by(receiver, newer, at(10)), 0);
}

TEST(RatchetKeyTest, NeitherRatchetsNorTriesAheadWhereThereIsNoRatchet) {
  RatchetKey receiver = make(false);
  RatchetKey sender = make();
  EXPECT_EQ(receiver.ratchet(at(1)).error(), Error::kWrongState);
  EXPECT_EQ(opened_by(receiver, sender, at(1)), 0);
  ASSERT_TRUE(sender.ratchet(at(1)));
  EXPECT_EQ(opened_by(receiver, sender, at(1)), -1);
}

}  // namespace
}  // namespace sotto
