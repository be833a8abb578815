#include "auth/signed_claims.h"

#include <gtest/gtest.h>

#include "base/base64url.h"
#include "native-bridge/auth/good_token.h"

namespace sotto::bridge::auth {
namespace {

using sotto::test::TokenIssuer;
using test::ec_issuer;
using test::good_keys;
using test::header;
using test::jwk_set;
using test::keys_of;
using test::rsa_issuer;

constexpr std::string_view kClaims = R"({"exp":1})";

std::string claims_of(std::string_view token, const KeySet& keys) {
  const auto result = signed_claims(token, keys);
  const auto* text = std::get_if<std::string>(&result);
  return text ? *text : "";
}
// Fails where the token is taken.
Refusal refused(std::string_view token, const KeySet& keys) {
  const auto result = signed_claims(token, keys);
  EXPECT_TRUE(std::holds_alternative<Refusal>(result));
  const auto* refusal = std::get_if<Refusal>(&result);
  return refusal ? *refusal : Refusal::kMissing;
}

TEST(SignedClaims, AreTakenUnderEachAlgorithm) {
  const auto p384 = TokenIssuer::ec("P-384");
  const KeySet keys = keys_of(jwk_set({rsa_issuer().jwk("r"), rsa_issuer().jwk("p", "PS256"),
                                       ec_issuer().jwk("e"), p384.jwk("f")}));
  EXPECT_EQ(claims_of(rsa_issuer().token(header("RS256", "r"), kClaims), keys), kClaims);
  EXPECT_EQ(claims_of(rsa_issuer().token(header("PS256", "p"), kClaims, "SHA256", true), keys),
            kClaims);
  EXPECT_EQ(claims_of(ec_issuer().token(header("ES256", "e"), kClaims), keys), kClaims);
  EXPECT_EQ(claims_of(p384.token(header("ES384", "f"), kClaims, "SHA384"), keys), kClaims);
}

TEST(SignedClaims, UnderNoneAreRefusedWithAndWithoutASignature) {
  const KeySet keys = good_keys();
  for (const char* algorithm : {"none", "None", "nOnE"}) {
    EXPECT_EQ(refused(TokenIssuer::token_without_signature(header(algorithm), kClaims), keys),
              Refusal::kAlgorithm);
    EXPECT_EQ(refused(rsa_issuer().token(header(algorithm), kClaims), keys), Refusal::kAlgorithm);
  }
  // The header of a good token with its signature taken off.
  EXPECT_EQ(refused(TokenIssuer::token_without_signature(header("RS256"), kClaims), keys),
            Refusal::kSignature);
}

TEST(SignedClaims, MacedWithThePublicKeyAreRefused) {
  // Whoever takes the header's word for the algorithm would use the public key, which everybody
  // has, as HS256's secret.
  const std::string pem = rsa_issuer().public_pem();
  for (const KeySet& keys : {keys_of(pem), good_keys()}) {
    for (const std::string& secret :
         {pem, pem.substr(0, pem.size() - 1), rsa_issuer().jwk("one")}) {
      EXPECT_EQ(refused(TokenIssuer::token_with_secret(header("HS256"), kClaims, secret), keys),
                Refusal::kAlgorithm);
      // And under a header that claims to be RS256.
      EXPECT_EQ(refused(TokenIssuer::token_with_secret(header("RS256"), kClaims, secret), keys),
                Refusal::kSignature);
    }
  }
}

TEST(SignedClaims, AreCheckedWithTheKeysAlgorithmAndNoOther) {
  const KeySet keys = good_keys();  // "one" for RS256, "two" for ES256
  EXPECT_EQ(refused(rsa_issuer().token(header("PS256", "one"), kClaims, "SHA256", true), keys),
            Refusal::kAlgorithm);
  EXPECT_EQ(refused(rsa_issuer().token(header("RS256", "two"), kClaims), keys),
            Refusal::kAlgorithm);
  EXPECT_EQ(refused(ec_issuer().token(header("ES256", "one"), kClaims), keys), Refusal::kAlgorithm);
  EXPECT_EQ(refused(rsa_issuer().token(header("RS512", "one"), kClaims, "SHA512"), keys),
            Refusal::kAlgorithm);
  // PSS under a header that says PKCS #1 v1.5, and another hash.
  EXPECT_EQ(refused(rsa_issuer().token(header("RS256", "one"), kClaims, "SHA256", true), keys),
            Refusal::kSignature);
  EXPECT_EQ(refused(rsa_issuer().token(header("RS256", "one"), kClaims, "SHA512"), keys),
            Refusal::kSignature);
}

TEST(SignedClaims, OfAnUnknownKeyAreRefused) {
  EXPECT_EQ(refused(rsa_issuer().token(header("RS256", "three"), kClaims), good_keys()),
            Refusal::kKey);
  EXPECT_EQ(refused(rsa_issuer().token(R"({"alg":"RS256"})", kClaims), good_keys()), Refusal::kKey);
  // Another's key under a name of ours, and one that the token brings along.
  const auto stranger = TokenIssuer::rsa();
  EXPECT_EQ(refused(stranger.token(header("RS256", "one"), kClaims), good_keys()),
            Refusal::kSignature);
  const std::string brought = R"({"alg":"RS256","kid":"one","jwk":)" + stranger.jwk("one") + "}";
  EXPECT_EQ(refused(stranger.token(brought, kClaims), good_keys()), Refusal::kSignature);
}

TEST(SignedClaims, ThatWereAlteredAnywhereAreRefused) {
  const KeySet keys = good_keys();
  const std::string token = ec_issuer().token(header("ES256", "two"), kClaims);
  ASSERT_EQ(claims_of(token, keys), kClaims);
  for (std::size_t at = 0; at < token.size(); ++at) {
    std::string altered = token;
    altered[at] = altered[at] == 'B' ? 'C' : 'B';
    EXPECT_TRUE(std::holds_alternative<Refusal>(signed_claims(altered, keys))) << at;
  }
}

TEST(SignedClaims, HaveASignatureOfTheKeysLength) {
  const KeySet keys = good_keys();
  const std::string token = ec_issuer().token(header("ES256", "two"), kClaims);
  const auto dot = token.rfind('.') + 1;
  auto signature = from_base64url(token.substr(dot));
  ASSERT_TRUE(signature);
  const auto with = [&](const std::vector<std::uint8_t>& bytes) {
    return token.substr(0, dot) + to_base64url(bytes);
  };
  ASSERT_EQ(claims_of(with(*signature), keys), kClaims);
  // r and s with zeros before them are the same numbers, and another text.
  std::vector<std::uint8_t> longer(66, 0);
  std::copy_n(signature->begin(), 32, longer.begin() + 1);
  std::copy_n(signature->begin() + 32, 32, longer.begin() + 34);
  EXPECT_EQ(refused(with(longer), keys), Refusal::kSignature);
  std::vector<std::uint8_t> zero(64, 0);
  EXPECT_EQ(refused(with(zero), keys), Refusal::kSignature);
  EXPECT_EQ(refused(with({}), keys), Refusal::kSignature);
}

TEST(SignedClaims, ThatAreNoTokenAreMalformed) {
  const KeySet keys = good_keys();
  const std::string good = rsa_issuer().token(header("RS256", "one"), kClaims);
  for (const std::string& token :
       {std::string(), std::string("."), std::string(".."), std::string("a.b.c"),
        std::string("hello"), good + ".", good + ".e30", "." + good, good + "=", " " + good,
        good.substr(0, good.rfind('.')), good + "\n", std::string("\0\0\0", 3)}) {
    EXPECT_EQ(refused(token, keys), Refusal::kMalformed) << token;
  }
}

TEST(SignedClaims, UnderAnOddHeaderAreMalformed) {
  const KeySet keys = good_keys();
  for (const char* odd :
       {R"({"kid":"one"})", R"({"alg":7,"kid":"one"})", R"({"alg":null,"kid":"one"})",
        R"({"alg":"RS256","alg":"none","kid":"one"})",
        R"({"alg":"none","alg":"RS256","kid":"one"})", R"({"alg":"RS256","kid":"one","kid":"two"})",
        R"({"alg":"RS256","kid":7})", R"({"alg":"RS256","kid":""})",
        R"({"alg":"RS256","kid":"one","crit":["exp"],"exp":1})",
        R"({"alg":"RS256","kid":"one","crit":[]})", R"({"alg":"RS256","kid":"one","typ":"JWE"})",
        R"({"alg":"RS256","kid":"one","a":[[[[[[[[[]]]]]]]]]})", R"(["RS256"])", "RS256"}) {
    EXPECT_EQ(refused(rsa_issuer().token(odd, kClaims), keys), Refusal::kMalformed) << odd;
  }
  // As RFC 7519 section 5.1 allows it.
  for (const char* fine :
       {R"({"alg":"RS256","kid":"one"})", R"({"typ":"jwt","alg":"RS256","kid":"one"})",
        R"({"alg":"RS256","kid":"one","cty":"x","x5u":"https://example.org"})"}) {
    EXPECT_EQ(claims_of(rsa_issuer().token(fine, kClaims), keys), kClaims) << fine;
  }
}

TEST(SignedClaims, AreBoundedInSizeBeforeAnythingIsDone) {
  const KeySet keys = good_keys();
  const auto sized = [](std::size_t size) {
    return "{\"exp\":1,\"pad\":\"" + std::string(size, 'x') + "\"}";
  };
  EXPECT_NE(claims_of(rsa_issuer().token(header("RS256", "one"), sized(5500)), keys), "");
  EXPECT_EQ(refused(rsa_issuer().token(header("RS256", "one"), sized(6000)), keys),
            Refusal::kMalformed);
  EXPECT_EQ(refused(rsa_issuer().token(header("RS256", "one"), sized(200'000)), keys),
            Refusal::kMalformed);
  EXPECT_EQ(refused(rsa_issuer().token(header("RS256", std::string(900, 'k').c_str()), "{}"), keys),
            Refusal::kMalformed);
  EXPECT_EQ(refused(std::string(1 << 20, '.'), keys), Refusal::kMalformed);
}

}  // namespace
}  // namespace sotto::bridge::auth
