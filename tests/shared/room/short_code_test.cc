#include "room/short_code.h"

#include <gtest/gtest.h>

#include <set>

#include "base/hex.h"
#include "crypto/hkdf.h"
#include "crypto/sha256.h"

namespace sotto::room {
namespace {

Secret<32> authenticator(std::uint8_t byte) {
  Secret<32> secret;
  secret.writable()[0] = byte;
  return secret;
}

CodeNonce nonce(std::uint8_t byte) {
  CodeNonce nonce;
  nonce.fill(byte);
  return nonce;
}

TEST(ShortCode, HasSixtyFourDifferentSymbols) {
  std::set<std::string_view> emoji, words;
  for (std::uint8_t i = 0; i < kCodeAlphabet; ++i) {
    emoji.insert(code_symbol(i).emoji);
    words.insert(code_symbol(i).word);
  }
  EXPECT_EQ(emoji.size(), 64u);
  EXPECT_EQ(words.size(), 64u);
}

TEST(ShortCode, IsTheFirst42BitsOfTheDerivation) {
  std::vector<std::uint8_t> all = {0, 0, 0, 1};
  all.insert(all.end(), 32, 5);
  all.insert(all.end(), {0, 0, 1, 0});
  all.insert(all.end(), 32, 6);
  std::uint8_t prk[32], bits[6];
  ASSERT_TRUE(hkdf_extract(Hash::kSha256, authenticator(9).view(), all, prk));
  ASSERT_TRUE(hkdf_expand(Hash::kSha256, prk, as_bytes("sotto sas"), bits));
  const ShortCode code = short_code(authenticator(9), {{{256}, nonce(6)}, {{1}, nonce(5)}});
  EXPECT_EQ(code[0], bits[0] >> 2);
  EXPECT_EQ(code[1], (bits[0] & 3) << 4 | bits[1] >> 4);
  EXPECT_EQ(code[6], (bits[4] & 15) << 2 | bits[5] >> 6);
}

TEST(ShortCode, DiffersByEpochMembersAndNonces) {
  std::set<ShortCode> codes = {
      short_code(authenticator(1), {{{1}, nonce(5)}, {{2}, nonce(6)}}),
      short_code(authenticator(2), {{{1}, nonce(5)}, {{2}, nonce(6)}}),
      short_code(authenticator(1), {{{1}, nonce(5)}, {{3}, nonce(6)}}),
      short_code(authenticator(1), {{{1}, nonce(6)}, {{2}, nonce(5)}}),
      short_code(authenticator(1), {{{1}, nonce(5)}}),
  };
  EXPECT_EQ(codes.size(), 5u);
}

TEST(ShortCode, CommitsToEpochLeafAndNonce) {
  std::vector<std::uint8_t> text;
  const auto append = [&](ByteView bytes) { text.insert(text.end(), bytes.begin(), bytes.end()); };
  append(as_bytes("sotto sas"));
  append(authenticator(1).view());
  append(std::vector<std::uint8_t>{0, 0, 0, 3});
  append(nonce(4));
  Sha256 sha;
  sha.update(text);
  CodeHash expected;
  sha.finish(expected);
  EXPECT_EQ(code_commitment(authenticator(1), {3}, nonce(4)), expected);
}

TEST(ShortCode, WritesFingerprintsOfThirtyDigits) {
  IdentityKey key{};
  const std::string one = fingerprint(key);
  key[31] = 1;
  const std::string other = fingerprint(key);
  EXPECT_NE(one, other);
  EXPECT_EQ(one.size(), 35u);
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i] == ' ', i % 6 == 5) << one;
    EXPECT_TRUE(one[i] == ' ' || (one[i] >= '0' && one[i] <= '9')) << one;
  }
}

}  // namespace
}  // namespace sotto::room
