#include "mls/group/capabilities.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/seeded_random.h"

namespace sotto::mls {
namespace {

TEST(Grease, IsOneOfTheReservedValues) {
  test::SeededRandom random(1);
  bool seen_first = false, seen_last = false;
  for (int i = 0; i < 500; ++i) {
    std::uint16_t value = random_grease(random);
    EXPECT_TRUE(is_grease(value)) << value;
    seen_first = seen_first || value == 0x0a0a;
    seen_last = seen_last || value == 0xeaea;
  }
  EXPECT_TRUE(seen_first);
  EXPECT_TRUE(seen_last);
}

TEST(Grease, StandsBesideWhatIsSupportedAndComesOffAgain) {
  test::SeededRandom random(1);
  Capabilities own = default_capabilities();
  Capabilities greased = own;
  add_grease(greased, random);
  EXPECT_EQ(greased.versions, own.versions);
  EXPECT_EQ(greased.cipher_suites.size(), own.cipher_suites.size() + 1);
  EXPECT_EQ(greased.extensions.size(), 1u);
  EXPECT_EQ(greased.proposals.size(), 1u);
  EXPECT_EQ(greased.credentials.size(), 2u);
  EXPECT_EQ(without_grease(greased), own);
}

}  // namespace
}  // namespace sotto::mls
