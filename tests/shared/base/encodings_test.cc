#include <gtest/gtest.h>

#include "base/base64url.h"
#include "base/hex.h"

namespace sotto {
namespace {

TEST(Base64Url, MatchesTheVectorsOfRfc4648Section10) {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},         {"f", "Zg"},         {"fo", "Zm8"},         {"foo", "Zm9v"},
      {"foob", "Zm9vYg"}, {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}};
  for (auto [plain, text] : cases) {
    EXPECT_EQ(to_base64url(as_bytes(plain)), text);
    auto decoded = from_base64url(text);
    ASSERT_TRUE(decoded);
    EXPECT_EQ(as_text(*decoded), plain);
  }
}

TEST(Base64Url, RefusesWhatHasNotExactlyOneMeaning) {
  for (const char* text : {"Z", "Zg==", "Zh", "Zm9+", "Zm9/", "Zm 9", "Zm9vY"}) {
    EXPECT_FALSE(from_base64url(text)) << text;
  }
}

TEST(Hex, RoundTripsAndRefusesOddOrForeignText) {
  const std::uint8_t bytes[] = {0x00, 0x9f, 0xff};
  EXPECT_EQ(to_hex(bytes), "009fff");
  EXPECT_EQ(*from_hex("009FfF"), (std::vector<std::uint8_t>{0x00, 0x9f, 0xff}));
  EXPECT_FALSE(from_hex("abc"));
  EXPECT_FALSE(from_hex("zz"));
}

}  // namespace
}  // namespace sotto
