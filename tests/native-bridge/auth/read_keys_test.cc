#include "auth/read_keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "native-bridge/auth/good_token.h"

namespace sotto::bridge::auth {
namespace {

using test::rsa_issuer;
using testing::HasSubstr;

std::string complaint(std::string_view text) {
  const auto read = read_keys(text);
  const auto* said = std::get_if<std::string>(&read);
  return said ? *said : "";
}

TEST(ReadKeys, TakesEitherFormByItsFirstCharacter) {
  for (const std::string& text :
       {rsa_issuer().public_pem(), "\n " + test::jwk_set({rsa_issuer().jwk()})}) {
    const auto read = read_keys(text);
    ASSERT_TRUE(std::holds_alternative<ReadKeys>(read)) << complaint(text);
    EXPECT_EQ(std::get<ReadKeys>(read).keys.size(), 1u);
  }
}

TEST(ReadKeys, SaysOfAFileWithoutKeysThatItHasNone) {
  EXPECT_EQ(complaint(" \n"), "is empty");
  for (const char* text : {"hello", "{\"keys\":[]}", "-----END PUBLIC KEY-----"}) {
    EXPECT_THAT(complaint(text), HasSubstr("has no public key")) << text;
  }
  EXPECT_THAT(complaint(std::string(kMaxKeyFileBytes + 1, 'x')), HasSubstr("over 1 MiB"));
}

}  // namespace
}  // namespace sotto::bridge::auth
