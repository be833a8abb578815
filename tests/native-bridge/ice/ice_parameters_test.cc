#include "ice/ice_parameters.h"

#include <gtest/gtest.h>

#include <cctype>
#include <set>

#include "support/seeded_random.h"

namespace sotto::bridge {
namespace {

TEST(IceParameters, AreLongEnoughAndOfIceCharacters) {
  sotto::test::SeededRandom random(1);
  std::set<char> seen;
  for (int i = 0; i < 200; ++i) {
    const auto made = IceParameters::generate(random);
    EXPECT_EQ(made.ufrag.size(), 12u);
    EXPECT_EQ(made.pwd.size(), 32u);
    seen.insert(made.pwd.begin(), made.pwd.end());
  }
  EXPECT_EQ(seen.size(), 64u);
  for (char c : seen) EXPECT_TRUE(std::isalnum(c) || c == '+' || c == '/') << c;
}

TEST(IceParameters, NeverRepeat) {
  sotto::test::SeededRandom random(1);
  std::set<std::string> ufrags;
  for (int i = 0; i < 10'000; ++i) ufrags.insert(IceParameters::generate(random).ufrag);
  EXPECT_EQ(ufrags.size(), 10'000u);
}

}  // namespace
}  // namespace sotto::bridge
