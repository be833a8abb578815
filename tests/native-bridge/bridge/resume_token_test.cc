#include "bridge/resume_token.h"

#include <gtest/gtest.h>

#include "support/seeded_random.h"

namespace sotto::bridge {
namespace {

TEST(ResumeToken, MatchesItsOwnTextAndNoOther) {
  sotto::test::SeededRandom random(1);
  ResumeToken token;
  const std::string text = token.renew(random);
  EXPECT_EQ(text.size(), 43u);
  EXPECT_TRUE(token.matches(text));
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string wrong = text;
    wrong[i] = wrong[i] == 'A' ? 'E' : 'A';
    EXPECT_FALSE(token.matches(wrong)) << i;
  }
  EXPECT_FALSE(token.matches(text.substr(1)));
  EXPECT_FALSE(token.matches(text + "="));
}

TEST(ResumeToken, BeforeItIsMadeNothingMatches) {
  ResumeToken token;
  EXPECT_FALSE(token.matches(""));
  EXPECT_FALSE(token.matches(std::string(43, 'A')));  // all bytes zero
}

TEST(ResumeToken, TheOldTextIsWorthNothingAfterANewOne) {
  sotto::test::SeededRandom random(1);
  ResumeToken token;
  const std::string first = token.renew(random);
  const std::string second = token.renew(random);
  EXPECT_FALSE(token.matches(first));
  EXPECT_TRUE(token.matches(second));
}

}  // namespace
}  // namespace sotto::bridge
