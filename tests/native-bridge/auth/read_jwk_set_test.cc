#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/read_keys.h"
#include "native-bridge/auth/good_token.h"

namespace sotto::bridge::auth {
namespace {

using test::ec_issuer;
using test::jwk_set;
using test::rsa_issuer;
using testing::HasSubstr;

std::string complaint(std::string_view text) {
  const auto read = read_jwk_set(text);
  const auto* said = std::get_if<std::string>(&read);
  return said ? *said : "";
}
ReadKeys keys_in(std::string_view text) {
  EXPECT_EQ(complaint(text), "");
  auto read = read_jwk_set(text);
  return std::get<ReadKeys>(std::move(read));
}
bool has(const ReadKeys& read, std::string_view kid, Algorithm algorithm) {
  Refusal why{};
  return read.keys.find(kid, algorithm, why) != nullptr;
}

TEST(ReadJwkSet, PinsEachKeyToItsAlgorithmOrTheUsualOneOfItsKind) {
  const auto p384 = sotto::test::TokenIssuer::ec("P-384");
  const auto read = keys_in(jwk_set({rsa_issuer().jwk("r"), rsa_issuer().jwk("p", "PS256"),
                                     ec_issuer().jwk("e", "ES256"), p384.jwk("f")}));
  EXPECT_EQ(read.keys.size(), 4u);
  EXPECT_TRUE(has(read, "r", Algorithm::kRs256) && !has(read, "r", Algorithm::kPs256));
  EXPECT_TRUE(has(read, "p", Algorithm::kPs256) && !has(read, "p", Algorithm::kRs256));
  EXPECT_TRUE(has(read, "e", Algorithm::kEs256));
  EXPECT_TRUE(has(read, "f", Algorithm::kEs384));
}

TEST(ReadJwkSet, PassesOverKeysForOtherThings) {
  const auto p521 = sotto::test::TokenIssuer::ec("P-521");
  const auto read = keys_in(jwk_set(
      {rsa_issuer().jwk("enc", "", R"("use":"enc")"), rsa_issuer().jwk("rs512", "RS512"),
       rsa_issuer().jwk("es", "ES256"), ec_issuer().jwk("wrap", "", R"("key_ops":["deriveKey"])"),
       p521.jwk("p521"), R"({"kty":"OKP","crv":"Ed25519","x":"AAAA"})", R"({"kty":"new"})", "{}",
       ec_issuer().jwk("good", "ES256", R"("use":"sig","key_ops":["verify"],"x5t":"abc")")}));
  EXPECT_EQ(read.keys.size(), 1u);
  EXPECT_EQ(read.skipped, 8u);
  EXPECT_TRUE(has(read, "good", Algorithm::kEs256));
}

TEST(ReadJwkSet, RefusesAFileWithASecretInIt) {
  EXPECT_THAT(complaint(jwk_set({rsa_issuer().jwk("r", "", R"("d":"AQ")")})),
              HasSubstr("in its 1. key has a secret"));
  EXPECT_THAT(complaint(jwk_set({rsa_issuer().jwk("r"), R"({"kty":"oct","k":"c2VjcmV0"})"})),
              HasSubstr("in its 2. key has a secret"));
}

TEST(ReadJwkSet, RefusesKeysThatAreNone) {
  EXPECT_THAT(complaint(jwk_set({sotto::test::TokenIssuer::rsa(1024).jwk("weak")})),
              HasSubstr("is no key for RS256"));
  EXPECT_THAT(complaint(jwk_set({R"({"kty":"RSA","n":"A=","e":"AQAB"})"})),
              HasSubstr("is no key for RS256"));
  EXPECT_THAT(complaint(jwk_set({R"({"kty":"EC","crv":"P-256","x":"AQ","y":"AQ"})"})),
              HasSubstr("is no key for ES256"));
}

TEST(ReadJwkSet, RefusesTwoKeysThatATokenCouldMean) {
  EXPECT_THAT(complaint(jwk_set({rsa_issuer().jwk("a"), ec_issuer().jwk("a")})),
              HasSubstr("in its 2. key has the same kid"));
  EXPECT_THAT(complaint(jwk_set({rsa_issuer().jwk(), rsa_issuer().jwk()})),
              HasSubstr("none as another of its algorithm"));
  EXPECT_EQ(complaint(jwk_set({rsa_issuer().jwk(), ec_issuer().jwk()})), "");
}

TEST(ReadJwkSet, RefusesOddNamesAndDocuments) {
  EXPECT_THAT(complaint(jwk_set({rsa_issuer().jwk("", "", R"("kid":7)")})), HasSubstr("kid"));
  EXPECT_THAT(complaint(jwk_set({rsa_issuer().jwk("", "", R"("kid":"")")})), HasSubstr("kid"));
  EXPECT_THAT(complaint(jwk_set({rsa_issuer().jwk(std::string(257, 'k'))})), HasSubstr("kid"));
  EXPECT_THAT(complaint("{\"keys\":{}}"), HasSubstr("no list `keys`"));
  EXPECT_THAT(complaint("{\"keys\":[7]}"), HasSubstr("no object as its 1. key"));
  EXPECT_THAT(complaint("{\"keys\":[],\"keys\":[]}"), HasSubstr("a name twice"));
  EXPECT_THAT(complaint("{\"keys\":["), HasSubstr("no JSON object"));
}

TEST(ReadJwkSet, RefusesMoreKeysThanAnIssuerHas) {
  std::string many = "{\"keys\":[{}";
  for (std::size_t i = 0; i < kMaxKeys; ++i) many += ",{}";
  EXPECT_THAT(complaint(many + "]}"), HasSubstr("more than 256"));
}

}  // namespace
}  // namespace sotto::bridge::auth
