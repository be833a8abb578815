#include "e2ee/link_keys.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "base/hex.h"

namespace sotto {
namespace {

using Bytes = std::vector<std::uint8_t>;

const Bytes kSecret(32, 0x11);

LinkKeys keys_of(ByteView secret, std::string_view room, std::uint32_t gen) {
  return *LinkKeys::from(secret, room, gen);
}

TEST(LinkKeys, AreTheSameForEverybodyWhoHoldsTheLink) {
  const LinkKeys mine = keys_of(kSecret, "quiet-otter", 3);
  const LinkKeys theirs = keys_of(kSecret, "quiet-otter", 3);
  EXPECT_TRUE(equal(mine.base_key(7).view(), theirs.base_key(7).view()));
  EXPECT_TRUE(equal(mine.message_key().view(), theirs.message_key().view()));
}

TEST(LinkKeys, DifferByEverythingThatGoesIn) {
  std::set<std::string> all;
  std::size_t count = 0;
  const auto add = [&](const LinkKeys& keys) {
    for (std::uint64_t kid : {0, 1}) {
      all.insert(to_hex(keys.base_key(kid).view()));
      ++count;
    }
    all.insert(to_hex(keys.message_key().view()));
    all.insert(to_hex(keys.psk().view()));
    all.insert(to_hex(keys.key_package_mac_key().view()));
    all.insert(to_hex(keys.key_package_seal_key().view()));
    count += 4;
  };
  add(keys_of(kSecret, "room", 0));
  add(keys_of(kSecret, "room", 1));
  add(keys_of(kSecret, "rooM", 0));
  add(keys_of(kSecret, "roo", 0));
  add(keys_of(Bytes(32, 0x12), "room", 0));
  EXPECT_EQ(all.size(), count);
}

// Room ids of different lengths could otherwise be shifted into gen or KID.
TEST(LinkKeys, DoNotConfuseARoomWithAnothersGen) {
  const LinkKeys a = keys_of(kSecret, std::string("r") + std::string(4, '\0'), 0);
  const LinkKeys b = keys_of(kSecret, "r", 0);
  EXPECT_FALSE(equal(a.message_key().view(), b.message_key().view()));
}

TEST(LinkKeys, AreRefusedForSecretsAndRoomsOfTheWrongSize) {
  EXPECT_EQ(LinkKeys::from(Bytes(31), "r", 0).error(), Error::kInvalidArgument);
  EXPECT_EQ(LinkKeys::from(Bytes(33), "r", 0).error(), Error::kInvalidArgument);
  EXPECT_EQ(LinkKeys::from(kSecret, "", 0).error(), Error::kInvalidArgument);
  EXPECT_EQ(LinkKeys::from(kSecret, std::string(65, 'r'), 0).error(), Error::kInvalidArgument);
  EXPECT_TRUE(LinkKeys::from(kSecret, std::string(64, 'r'), 0));
}

}  // namespace
}  // namespace sotto
