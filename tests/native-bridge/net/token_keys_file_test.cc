#include "net/token_keys_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "support/token_issuer.h"

namespace sotto::bridge {
namespace {

using sotto::test::jwk_set;
using sotto::test::TokenIssuer;
using testing::HasSubstr;

class TokenKeysFileTest : public testing::Test {
 protected:
  void write(const std::string& text) { std::ofstream(path_, std::ios::trunc) << text; }
  void replace(const std::string& text) {
    std::ofstream(path_ + ".new") << text;
    std::filesystem::rename(path_ + ".new", path_);
  }
  std::string complaint() {
    const auto read = file_.read();
    const auto* said = std::get_if<std::string>(&read);
    return said ? *said : "";
  }
  std::size_t keys() {
    const auto read = file_.read();
    return std::get<auth::ReadKeys>(read).keys.size();
  }
  ~TokenKeysFileTest() override { std::filesystem::remove(path_); }

  const std::string path_ = testing::TempDir() + "/sotto-token-keys-" +
                            testing::UnitTest::GetInstance()->current_test_info()->name() + ".json";
  const TokenIssuer issuer_ = TokenIssuer::ec();
  TokenKeysFile file_{path_};
};

TEST_F(TokenKeysFileTest, IsReadAndSeenToChange) {
  write(jwk_set({issuer_.jwk("a")}));
  EXPECT_TRUE(file_.has_changed());
  EXPECT_EQ(keys(), 1u);
  EXPECT_FALSE(file_.has_changed());
  replace(jwk_set({issuer_.jwk("a"), issuer_.jwk("b")}));
  EXPECT_TRUE(file_.has_changed());
  EXPECT_EQ(keys(), 2u);
  EXPECT_FALSE(file_.has_changed());
  std::filesystem::remove(path_);
  EXPECT_TRUE(file_.has_changed());
}

TEST_F(TokenKeysFileTest, ThatIsMissingOrWrongIsToldByItsName) {
  EXPECT_THAT(complaint(), HasSubstr("--token-keys: cannot read '" + path_ + "'"));
  EXPECT_FALSE(file_.has_changed());  // told once
  write("{\"keys\": [");
  EXPECT_THAT(complaint(), HasSubstr("'" + path_ + "' is no JSON object"));
  write(std::string(auth::kMaxKeyFileBytes + 7, ' '));
  EXPECT_THAT(complaint(), HasSubstr("is over 1 MiB"));
  write(issuer_.private_pem());
  EXPECT_THAT(complaint(), HasSubstr("has a private key"));
}

TEST(TokenKeysFile, ThatIsAFolderCannotBeRead) {
  TokenKeysFile folder(testing::TempDir());
  const auto read = folder.read();
  EXPECT_TRUE(std::holds_alternative<std::string>(read));
}

}  // namespace
}  // namespace sotto::bridge
