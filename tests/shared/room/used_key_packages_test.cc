#include "room/used_key_packages.h"

#include <gtest/gtest.h>

#include "support/policy_for_test.h"

namespace sotto::room {
namespace {

const mls::Lifetime kLife{1000, 1600};
constexpr std::uint64_t kIdentityExpiry = 90000;
const mls::Bytes kOne(32, 1);

TEST(UsedKeyPackages, AreTakenOnce) {
  UsedKeyPackages used;
  EXPECT_TRUE(used.check(kOne, kLife, kIdentityExpiry, 1100));
  used.use(kOne, kLife, 1100);
  EXPECT_EQ(used.check(kOne, kLife, kIdentityExpiry, 1100).error(), Error::kAlreadyExists);
  EXPECT_TRUE(used.check(mls::Bytes(32, 2), kLife, kIdentityExpiry, 1100));
}

// The bridge gives a KeyPackage out again whose owner has used it: without the rule it is added
// twice.
TEST(UsedKeyPackages, WouldBeTakenTwiceWithoutTheRule) {
  UsedKeyPackages used(PolicyForTest::without(Rule::kKeyPackageOnce));
  used.use(kOne, kLife, 1100);
  EXPECT_TRUE(used.check(kOne, kLife, kIdentityExpiry, 1100));
}

TEST(UsedKeyPackages, EndWithTheirLifeGiveOrTakeAClock) {
  UsedKeyPackages used;
  EXPECT_EQ(used.check(kOne, kLife, kIdentityExpiry, 939).error(), Error::kExpired);
  EXPECT_TRUE(used.check(kOne, kLife, kIdentityExpiry, 940));
  EXPECT_TRUE(used.check(kOne, kLife, kIdentityExpiry, 1660));
  EXPECT_EQ(used.check(kOne, kLife, kIdentityExpiry, 1661).error(), Error::kExpired);
  EXPECT_EQ(used.check(kOne, kLife, 1099, 1100).error(), Error::kExpired);
  UsedKeyPackages without(PolicyForTest::without(Rule::kKeyPackageLife));
  EXPECT_TRUE(without.check(kOne, kLife, kIdentityExpiry, 80000));
  EXPECT_EQ(without.check(kOne, kLife, kIdentityExpiry, 90001).error(), Error::kExpired);
  UsedKeyPackages lasting(PolicyForTest::without(Rule::kIdentityExpires));
  EXPECT_TRUE(lasting.check(kOne, kLife, 1099, 1100));
}

TEST(UsedKeyPackages, AreRememberedAsLongAsTheyCouldBeTaken) {
  UsedKeyPackages used;
  for (std::size_t i = 0; i < UsedKeyPackages::kCapacity; ++i) {
    mls::Bytes reference(32);
    reference[0] = static_cast<std::uint8_t>(i);
    reference[1] = static_cast<std::uint8_t>(i >> 8);
    used.use(reference, kLife, 1100);
  }
  const mls::Bytes next(32, 9);
  EXPECT_EQ(used.check(next, {1000, 1600}, kIdentityExpiry, 1600).error(), Error::kExhausted);
  EXPECT_TRUE(used.check(next, {1500, 2000}, kIdentityExpiry, 1661));
}

TEST(UsedKeyPackages, AreRememberedAcrossARestart) {
  UsedKeyPackages used;
  used.use(kOne, kLife, 1100);
  mls::Writer out;
  used.save(out);
  const mls::Bytes saved = std::move(out).take();
  UsedKeyPackages again;
  mls::Reader in(saved);
  again.restore(in);
  ASSERT_TRUE(in.finish());
  EXPECT_EQ(again.check(kOne, kLife, kIdentityExpiry, 1100).error(), Error::kAlreadyExists);
  EXPECT_TRUE(again.check(mls::Bytes(32, 2), kLife, kIdentityExpiry, 1100));
}

// A member commits KeyPackages of next year, by the thousand: nobody else would ever be let in.
TEST(UsedKeyPackages, AreNotUsedUpByThoseWhoseTimeIsStillToCome) {
  UsedKeyPackages used;
  for (std::size_t i = 0; i < UsedKeyPackages::kCapacity; ++i) {
    mls::Bytes reference(32);
    reference[0] = static_cast<std::uint8_t>(i);
    reference[1] = static_cast<std::uint8_t>(i >> 8);
    used.use(reference, {1'000'000'000, 1'000'000'600}, 1100);
  }
  EXPECT_TRUE(used.check(kOne, kLife, kIdentityExpiry, 1100));
}

}  // namespace
}  // namespace sotto::room
