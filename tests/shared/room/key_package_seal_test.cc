#include "room/key_package_seal.h"

#include <gtest/gtest.h>

#include "e2ee/link_keys.h"
#include "support/seeded_random.h"

namespace sotto::room {
namespace {

const std::vector<std::uint8_t> kSecret(32, 1);
const std::vector<std::uint8_t> kAnn(16, 0xa);
const std::vector<std::uint8_t> kBen(16, 0xb);

KeyPackageSeal seal_of(const char* room, std::uint32_t gen) {
  return KeyPackageSeal(LinkKeys::from(kSecret, room, gen)->key_package_seal_key());
}

class KeyPackageSealTest : public ::testing::Test {
 protected:
  test::SeededRandom random_{1};
  KeyPackageSeal seal_ = seal_of("room", 0);
  std::vector<std::uint8_t> key_package_ = std::vector<std::uint8_t>(300, 7);
};

TEST_F(KeyPackageSealTest, OpensForWhoeverHoldsTheLink) {
  const auto sealed = *seal_.seal(kAnn, key_package_, random_);
  EXPECT_TRUE(equal(*seal_of("room", 0).open(kAnn, sealed), key_package_));
}

TEST_F(KeyPackageSealTest, IsOneEndpointsInOneRoomUnderOneLink) {
  const auto sealed = *seal_.seal(kAnn, key_package_, random_);
  EXPECT_EQ(seal_.open(kBen, sealed).error(), Error::kUnauthenticated);
  EXPECT_EQ(seal_of("roon", 0).open(kAnn, sealed).error(), Error::kUnauthenticated);
  EXPECT_EQ(seal_of("room", 1).open(kAnn, sealed).error(), Error::kUnauthenticated);
}

TEST_F(KeyPackageSealTest, ShowsNoLengthOfAName) {
  const auto small = *seal_.seal(kAnn, std::vector<std::uint8_t>(260, 1), random_);
  const auto large = *seal_.seal(kAnn, std::vector<std::uint8_t>(260 + 128, 1), random_);
  EXPECT_EQ(small.size(), large.size());
}

TEST_F(KeyPackageSealTest, RefusesEveryOtherText) {
  auto sealed = *seal_.seal(kAnn, key_package_, random_);
  for (std::size_t i = 0; i < sealed.size(); i += 13) {
    sealed[i] ^= 1;
    EXPECT_EQ(seal_.open(kAnn, sealed).error(), Error::kUnauthenticated);
    sealed[i] ^= 1;
  }
  EXPECT_EQ(seal_.open(kAnn, {}).error(), Error::kUnauthenticated);
  EXPECT_EQ(seal_.open(kAnn, std::vector<std::uint8_t>(20000)).error(), Error::kUnauthenticated);
  EXPECT_EQ(seal_.seal(kAnn, std::vector<std::uint8_t>(8193), random_).error(), Error::kTooLarge);
  EXPECT_TRUE(seal_.open(kAnn, *seal_.seal(kAnn, std::vector<std::uint8_t>(8192), random_)));
}

}  // namespace
}  // namespace sotto::room
