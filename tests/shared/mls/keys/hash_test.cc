#include "mls/keys/hash.h"

#include <gtest/gtest.h>

#include <vector>

#include "base/hex.h"
#include "mls/wire/writer.h"

namespace sotto::mls {
namespace {

TEST(Hash, IsSha256OfThePartsOneAfterTheOther) {
  EXPECT_EQ(to_hex(hash({as_bytes("a"), {}, as_bytes("bc")})),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// RFC 4231 section 4.3.
TEST(Mac, IsHmacSha256) {
  EXPECT_EQ(to_hex(mac(as_bytes("Jefe"), {as_bytes("what do ya want "), as_bytes("for nothing?")})),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Mac, IsVerifiedWholeAndInEveryBit) {
  HashValue tag = mac(as_bytes("key"), {as_bytes("message")});
  const auto verifies = [](ByteView candidate) {
    return verify_mac(as_bytes("key"), {as_bytes("message")}, candidate);
  };
  EXPECT_TRUE(verifies(tag));
  EXPECT_FALSE(verifies({}));
  EXPECT_FALSE(verifies(ByteView(tag).first(31)));
  EXPECT_FALSE(verify_mac(as_bytes("kez"), {as_bytes("message")}, tag));
  EXPECT_FALSE(verify_mac(as_bytes("key"), {as_bytes("messagf")}, tag));
  for (std::size_t bit = 0; bit < 8 * tag.size(); ++bit) {
    tag[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    EXPECT_FALSE(verifies(tag));
    tag[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
  }
}

// What is hashed where it lies is what encoding it first gives, at every size of the length.
TEST(RefHash, HashesTheEncodedRefHashInput) {
  for (std::size_t size : {0, 1, 63, 64, 16383, 16384, 70000}) {
    const std::vector<std::uint8_t> value(size, 5);
    Writer input;
    input.opaque(as_bytes("label"));
    input.opaque(value);
    EXPECT_EQ(ref_hash("label", value), hash({std::move(input).take()})) << size;
  }
}

TEST(RefHash, TellsKeyPackagesFromProposals) {
  EXPECT_NE(make_key_package_ref(as_bytes("same")), make_proposal_ref(as_bytes("same")));
}

}  // namespace
}  // namespace sotto::mls
