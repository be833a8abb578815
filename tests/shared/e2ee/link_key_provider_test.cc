#include "e2ee/link_key_provider.h"

#include <gtest/gtest.h>

namespace sotto {
namespace {

constexpr std::uint8_t kSecret[32] = {1, 2, 3};

LinkKeys link() {
  return *LinkKeys::from(kSecret, "room", 0);
}

TEST(LinkKeyProvider, DerivesKeysForAnnouncedKidsOnly) {
  LinkKeyProvider provider(link());
  EXPECT_EQ(provider.key_for(5).error(), Error::kUnknownKey);
  ASSERT_TRUE(provider.announce(5));
  EXPECT_TRUE(equal(provider.key_for(5)->view(), link().base_key(5).view()));
  EXPECT_TRUE(provider.withdraw(5));
  EXPECT_EQ(provider.key_for(5).error(), Error::kUnknownKey);
  EXPECT_FALSE(provider.withdraw(5));
}

TEST(LinkKeyProvider, RemembersNothingOfKidsThatFramesMadeUp) {
  LinkKeyProvider provider(link());
  for (std::uint64_t kid = 0; kid < 10'000; ++kid) EXPECT_FALSE(provider.key_for(kid));
  EXPECT_EQ(provider.size(), 0u);
}

TEST(LinkKeyProvider, IsBounded) {
  LinkKeyProvider provider(link(), 2);
  ASSERT_TRUE(provider.announce(1));
  ASSERT_TRUE(provider.announce(2));
  EXPECT_EQ(provider.announce(3).error(), Error::kExhausted);
  EXPECT_TRUE(provider.announce(2)) << "again is fine, also when full";
  provider.withdraw(1);
  EXPECT_TRUE(provider.announce(3));
}

}  // namespace
}  // namespace sotto
