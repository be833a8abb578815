#include "auth/key.h"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include <vector>

#include "native-bridge/auth/good_token.h"

namespace sotto::bridge::auth {
namespace {

using Bytes = std::vector<std::uint8_t>;

// Not the modulus of anything: 2^(8n-1) + 1, odd and as long as wanted.
Bytes modulus(std::size_t bytes) {
  Bytes number(bytes, 0);
  number.front() = 0x80;
  number.back() = 1;
  return number;
}
const Bytes kExponent{1, 0, 1};

TEST(Key, OfRsaHas2048To8192BitsAndAnOddExponent) {
  EXPECT_TRUE(Key::rsa(Algorithm::kRs256, modulus(256), kExponent));
  EXPECT_TRUE(Key::rsa(Algorithm::kPs256, modulus(1024), Bytes{3}));
  EXPECT_FALSE(Key::rsa(Algorithm::kRs256, modulus(255), kExponent));
  EXPECT_FALSE(Key::rsa(Algorithm::kRs256, modulus(1025), kExponent));
  Bytes short_by_a_bit = modulus(256);
  short_by_a_bit.front() = 0x40;
  EXPECT_FALSE(Key::rsa(Algorithm::kRs256, short_by_a_bit, kExponent));
  // A small number does not become long by zeros before it.
  Bytes padded(256, 0);
  padded.back() = 3;
  EXPECT_FALSE(Key::rsa(Algorithm::kRs256, padded, kExponent));
  for (const Bytes& exponent : {Bytes{}, Bytes{0}, Bytes{1}, Bytes{2}, Bytes{1, 0, 0, 0, 1}}) {
    EXPECT_FALSE(Key::rsa(Algorithm::kRs256, modulus(256), exponent));
  }
  EXPECT_FALSE(Key::rsa(Algorithm::kEs256, modulus(256), kExponent));
}

TEST(Key, OfACurveIsAPointOnIt) {
  Bytes x(32, 1);
  EXPECT_FALSE(Key::ec(Algorithm::kEs256, x, x));
  EXPECT_FALSE(Key::ec(Algorithm::kEs256, Bytes(32, 0), Bytes(32, 0)));
  EXPECT_FALSE(Key::ec(Algorithm::kEs256, Bytes(48, 1), Bytes(48, 1)));
  EXPECT_FALSE(Key::ec(Algorithm::kRs256, x, x));
}

TEST(Key, LeavesNothingInOpenSslsQueueOfErrors) {
  Bytes x(32, 1);
  EXPECT_FALSE(Key::ec(Algorithm::kEs256, x, x));
  EXPECT_EQ(ERR_peek_error(), 0u);
  const auto key = Key::rsa(Algorithm::kRs256, modulus(256), kExponent);
  const std::string token = test::rsa_issuer().token(test::header("RS256"), "{}");
  EXPECT_FALSE(key->signed_token(token));
  EXPECT_EQ(ERR_peek_error(), 0u);
}

TEST(Key, ChecksNoTokenWhoseHeaderSaysAnotherAlgorithm) {
  // Signed well, with the hash and padding of RS256, under a header that says PS256.
  const auto& issuer = test::rsa_issuer();
  auto read = read_keys(test::jwk_set({issuer.jwk("one")}));
  Refusal why{};
  const Key* key = std::get<ReadKeys>(read).keys.find("one", Algorithm::kRs256, why);
  ASSERT_TRUE(key);
  EXPECT_TRUE(key->signed_token(issuer.token(test::header("RS256"), "{}")));
  EXPECT_FALSE(key->signed_token(issuer.token(test::header("PS256"), "{}")));
  EXPECT_FALSE(key->signed_token(issuer.token(test::header("none"), "{}")));
  EXPECT_FALSE(key->signed_token("no token"));
}

}  // namespace
}  // namespace sotto::bridge::auth
