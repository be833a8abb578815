#include "auth/strict_json.h"

#include <gtest/gtest.h>

namespace sotto::bridge::auth {
namespace {

TEST(StrictJson, TakesOneObject) {
  const auto object = parse_strictly(R"( {"a": "b", "c": {"a": 1}, "d": [{"a": 1}, {"a": 2}]} )");
  ASSERT_TRUE(object);
  EXPECT_EQ(text_of(*object, "a"), "b");
  EXPECT_EQ(text_of(*object, "c"), "");
  EXPECT_EQ(text_of(*object, "x"), "");
}

TEST(StrictJson, RefusesANameThatStandsTwiceInOneObject) {
  EXPECT_FALSE(parse_strictly(R"({"exp": 1, "exp": 2})"));
  EXPECT_FALSE(parse_strictly(R"({"a": {"b": [{"c": 1, "d": 2, "c": 1}]}})"));
  // However it is written.
  EXPECT_FALSE(parse_strictly(R"({"exp": 1, "e\u0078p": 2})"));
  EXPECT_FALSE(parse_strictly(R"({"": 1, "": 2})"));
}

TEST(StrictJson, RefusesWhatIsNoObjectOrHasSomethingBehindIt) {
  for (const char* text : {"", " ", "[]", "1", "\"a\"", "null", "{", "{}{}", "{} x", "{\"a\":1,}",
                           "{a:1}", "{\"a\":NaN}", "// c\n{}", "{\"a\":\"\xff\"}"}) {
    EXPECT_FALSE(parse_strictly(text)) << text;
  }
}

TEST(StrictJson, RefusesNestingBeyondWhatAnyTokenHas) {
  const auto nested = [](std::size_t depth) {
    return "{\"a\":" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
  };
  EXPECT_TRUE(parse_strictly(nested(kMaxDepth)));
  EXPECT_FALSE(parse_strictly(nested(kMaxDepth + 1)));
  EXPECT_FALSE(parse_strictly(nested(100'000)));
}

}  // namespace
}  // namespace sotto::bridge::auth
