#include "room/room_link.h"

#include <gtest/gtest.h>

#include "base/base64url.h"
#include "base/hex.h"
#include "room/key_package_seal.h"
#include "support/seeded_random.h"

namespace sotto::room {
namespace {

std::string encoded(std::uint8_t byte, std::size_t size = 32) {
  return to_base64url(std::vector<std::uint8_t>(size, byte));
}

TEST(RoomLink, ReadsAndWritesTheFragment) {
  for (const std::string& text :
       {"0." + encoded(7), "4294967295." + encoded(7), "3." + encoded(7) + "." + encoded(9)}) {
    const auto link = parse_link(text);
    ASSERT_TRUE(link) << text;
    const LinkText again = format_link(*link);
    EXPECT_EQ(std::string(again.begin(), again.end()), text);
  }
}

TEST(RoomLink, HasOneTextEach) {
  for (const std::string& text :
       {std::string(), std::string("0"), std::string("."), "." + encoded(7), "00." + encoded(7),
        "01." + encoded(7), "+1." + encoded(7), "-1." + encoded(7), " 1." + encoded(7),
        "4294967296." + encoded(7), "1x." + encoded(7), "1." + encoded(7, 31),
        "1." + encoded(7, 33), "1." + encoded(7) + "=", "1." + encoded(7) + ".",
        "1." + encoded(7) + "." + encoded(9, 31), "1." + encoded(7) + "." + encoded(9) + ".",
        "1.." + encoded(7)}) {
    EXPECT_EQ(parse_link(text).error(), Error::kMalformed) << text;
  }
}

TEST(RoomLink, GivesTheKeysOfItsRoomAndGen) {
  const RoomLink link = *parse_link("5." + encoded(7));
  const LinkKeys keys = *link_keys(link, "quiet-otter");
  const LinkKeys same = *LinkKeys::from(std::vector<std::uint8_t>(32, 7), "quiet-otter", 5);
  EXPECT_TRUE(equal(keys.psk().view(), same.psk().view()));
  EXPECT_EQ(link_keys(link, "").error(), Error::kInvalidArgument);
}

TEST(RoomLink, NamesThePskByRoomAndGen) {
  EXPECT_EQ(to_hex(link_psk_id("ab", 0x01020304)), to_hex(as_bytes("sotto/1ab")) + "01020304");
  EXPECT_EQ(to_hex(link_exporter_context("ab", 5)),
            "6162"
            "00000005");
}

// The bridge hands a KeyPackage of one room on in another one with the same secret, or by a link
// that has ended: were room and gen not in every label, the keys would be one, and it would be
// read.
TEST(RoomLink, OpensNoKeyPackagesOfAnotherRoomOrGen) {
  sotto::test::SeededRandom random(1);
  const auto seal_of = [](std::string_view room, std::uint32_t gen) {
    const auto link = parse_link(std::to_string(gen) + "." + encoded(7));
    return KeyPackageSeal(link_keys(*link, room)->key_package_seal_key());
  };
  const std::array<std::uint8_t, 16> endpoint{1};
  const auto sealed = *seal_of("otter", 0).seal(endpoint, as_bytes("a KeyPackage"), random);
  EXPECT_TRUE(seal_of("otter", 0).open(endpoint, sealed)) << "with one key for all";
  EXPECT_EQ(seal_of("heron", 0).open(endpoint, sealed).error(), Error::kUnauthenticated);
  EXPECT_EQ(seal_of("otter", 1).open(endpoint, sealed).error(), Error::kUnauthenticated);
}

}  // namespace
}  // namespace sotto::room
