#include "auth/key_set.h"

#include <gtest/gtest.h>

#include "native-bridge/auth/good_token.h"

namespace sotto::bridge::auth {
namespace {

using test::ec_issuer;
using test::jwk_set;
using test::keys_of;
using test::rsa_issuer;

TEST(KeySet, ATokensNameChoosesOneKeyAndItsAlgorithmMustBeThatKeys) {
  const KeySet keys = keys_of(jwk_set({rsa_issuer().jwk("one"), ec_issuer().jwk("two")}));
  Refusal why{};
  EXPECT_TRUE(keys.find("one", Algorithm::kRs256, why));
  EXPECT_TRUE(keys.find("two", Algorithm::kEs256, why));
  EXPECT_NE(keys.find("one", Algorithm::kRs256, why), keys.find("two", Algorithm::kEs256, why));
  EXPECT_FALSE(keys.find("two", Algorithm::kRs256, why));
  EXPECT_EQ(why, Refusal::kAlgorithm);
  EXPECT_FALSE(keys.find("one", Algorithm::kPs256, why));
  EXPECT_EQ(why, Refusal::kAlgorithm);
  EXPECT_FALSE(keys.find("three", Algorithm::kRs256, why));
  EXPECT_EQ(why, Refusal::kKey);
}

TEST(KeySet, ATokenWithoutANameMeansTheOnlyKeyThereIs) {
  Refusal why{};
  EXPECT_TRUE(keys_of(jwk_set({rsa_issuer().jwk("one")})).find("", Algorithm::kRs256, why));
  const KeySet two = keys_of(jwk_set({rsa_issuer().jwk("one"), ec_issuer().jwk("two")}));
  EXPECT_FALSE(two.find("", Algorithm::kRs256, why));
  EXPECT_EQ(why, Refusal::kKey);
}

TEST(KeySet, AKeyWithoutANameTakesTokensOfNamesThatNoOtherKeyHas) {
  const KeySet keys = keys_of(jwk_set({rsa_issuer().jwk(), ec_issuer().jwk("two")}));
  Refusal why{};
  EXPECT_TRUE(keys.find("", Algorithm::kRs256, why));
  EXPECT_TRUE(keys.find("any", Algorithm::kRs256, why));
  EXPECT_FALSE(keys.find("two", Algorithm::kRs256, why));
  EXPECT_FALSE(keys.find("any", Algorithm::kEs256, why));
  EXPECT_EQ(why, Refusal::kAlgorithm);
}

TEST(KeySet, OfNoKeysRefusesAll) {
  Refusal why{};
  EXPECT_FALSE(KeySet().find("", Algorithm::kRs256, why));
  EXPECT_EQ(why, Refusal::kKey);
}

}  // namespace
}  // namespace sotto::bridge::auth
