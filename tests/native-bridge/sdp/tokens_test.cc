#include "sdp/tokens.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace sotto::bridge::sdp {
namespace {

TEST(Tokens, SplitLeavesOutEmptyParts) {
  EXPECT_EQ(split(" a  b ", ' '), (std::vector<std::string_view>{"a", "b"}));
  EXPECT_TRUE(split("", ' ').empty());
}

TEST(Tokens, CutTakesTheFirstSeparator) {
  EXPECT_EQ(cut("a:b:c", ':').first, "a");
  EXPECT_EQ(cut("a:b:c", ':').rest, "b:c");
  EXPECT_EQ(cut("abc", ':').first, "abc");
  EXPECT_EQ(cut("abc", ':').rest, "");
}

TEST(Tokens, NumbersAreDigitsOnlyAndInRange) {
  EXPECT_EQ(parse_number<std::uint8_t>("255"), 255);
  for (const char* text : {"", "256", "-1", "+1", " 1", "1 ", "0x1", "1.0"}) {
    EXPECT_FALSE(parse_number<std::uint8_t>(text)) << text;
  }
}

TEST(Tokens, IdentifiersAreShortAndHarmless) {
  EXPECT_TRUE(is_identifier("a_0-Z", 5));
  for (const char* text : {"", "toolong", "a b", "a/b", "a:b", "\xc3\xa4"}) {
    EXPECT_FALSE(is_identifier(text, 5)) << text;
  }
}

}  // namespace
}  // namespace sotto::bridge::sdp
