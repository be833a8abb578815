#include "auth/refusal.h"

#include <gtest/gtest.h>

#include <set>

namespace sotto::bridge::auth {
namespace {

TEST(Refusal, EachHasASentenceOfItsOwn) {
  std::set<std::string_view> sentences;
  for (int i = 0; i <= static_cast<int>(Refusal::kRoom); ++i) {
    const auto text = sentence(static_cast<Refusal>(i));
    EXPECT_GT(text.size(), 20u);
    EXPECT_TRUE(sentences.insert(text).second) << text;
  }
}

}  // namespace
}  // namespace sotto::bridge::auth
