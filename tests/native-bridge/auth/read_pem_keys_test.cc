#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/read_keys.h"
#include "native-bridge/auth/good_token.h"

namespace sotto::bridge::auth {
namespace {

using test::ec_issuer;
using test::rsa_issuer;
using testing::HasSubstr;

std::string complaint(std::string_view text) {
  const auto read = read_pem_keys(text);
  const auto* said = std::get_if<std::string>(&read);
  return said ? *said : "";
}

TEST(ReadPemKeys, NamesAKeyByTheLineBeforeIt) {
  const auto read = read_pem_keys("# of the shop\r\nkid: shop/4f4910 \r\n" +
                                  rsa_issuer().public_pem() + ec_issuer().public_pem());
  const KeySet& keys = std::get<ReadKeys>(read).keys;
  EXPECT_EQ(keys.size(), 2u);
  Refusal why{};
  EXPECT_TRUE(keys.find("shop/4f4910", Algorithm::kRs256, why));
  EXPECT_FALSE(keys.find("other", Algorithm::kRs256, why));
  EXPECT_TRUE(keys.find("other", Algorithm::kEs256, why));  // that one has no name
}

TEST(ReadPemKeys, RefusesPrivateKeysAndSaysHowToMakeTheOther) {
  EXPECT_THAT(complaint(rsa_issuer().public_pem() + ec_issuer().private_pem()),
              HasSubstr("in its 2. block has a private key: give the bridge the public one"));
}

TEST(ReadPemKeys, RefusesWhatIsNoKeyForTokens) {
  EXPECT_THAT(complaint(sotto::test::TokenIssuer::rsa(1024).public_pem()), HasSubstr("is no key"));
  EXPECT_THAT(complaint(sotto::test::TokenIssuer::ec("P-521").public_pem()),
              HasSubstr("is no key"));
  EXPECT_THAT(complaint("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
              HasSubstr("something else than a PUBLIC KEY"));
  EXPECT_THAT(complaint("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"),
              HasSubstr("is no key"));
}

TEST(ReadPemKeys, RefusesAFileThatIsCutOffAnywhere) {
  const std::string whole = "kid: a\n" + rsa_issuer().public_pem();
  ASSERT_TRUE(std::holds_alternative<ReadKeys>(read_keys(whole)));
  // All but the dashes of its last line, and the line's end.
  for (std::size_t size = 0; size + 2 < whole.size(); size += 7) {
    EXPECT_TRUE(std::holds_alternative<std::string>(read_keys(whole.substr(0, size)))) << size;
  }
}

TEST(ReadPemKeys, RefusesTwoKeysThatATokenCouldMean) {
  const std::string pem = rsa_issuer().public_pem();
  EXPECT_THAT(complaint(pem + pem), HasSubstr("put a line `kid: NAME` before each"));
  EXPECT_THAT(complaint("kid: a\n" + pem + "kid: a\n" + pem), HasSubstr("the same kid"));
  EXPECT_EQ(complaint("kid: a\n" + pem + "kid: b\n" + pem), "");
}

}  // namespace
}  // namespace sotto::bridge::auth
