#include "room/identity.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "support/policy_for_test.h"
#include "support/seeded_random.h"

namespace sotto::room {
namespace {

class Identity : public ::testing::Test {
 protected:
  LeafIdentity ann() { return *vouch_for_leaf(identity_, "room", leaf_, "Ann", 2000); }

  test::SeededRandom random_{1};
  Ed25519KeyPair identity_ = Ed25519KeyPair::generate(random_);
  Ed25519PublicKey leaf_ = Ed25519KeyPair::generate(random_).public_key();
};

TEST_F(Identity, VouchesForALeafInARoom) {
  const auto verified = verify_leaf_identity(encode(ann()), "room", leaf_);
  ASSERT_TRUE(verified);
  EXPECT_EQ(*verified, ann());
  EXPECT_EQ(verified->identity_key, identity_.public_key());
  EXPECT_EQ(verified->name, "Ann");
}

TEST_F(Identity, IsWrittenAsDocumented) {
  const LeafIdentity leaf = ann();
  EXPECT_EQ(to_hex(encode(leaf)), "01" + to_hex(identity_.public_key()) + "03416e6e" +
                                      "00000000000007d0" + to_hex(leaf.signature));
}

TEST_F(Identity, DoesNotVouchForAnythingElse) {
  LeafIdentity changed = ann();
  changed.name = "Ben";
  EXPECT_EQ(verify_leaf_identity(encode(changed), "room", leaf_).error(), Error::kUnauthenticated);
  changed = ann();
  changed.expiry += 1;
  EXPECT_EQ(verify_leaf_identity(encode(changed), "room", leaf_).error(), Error::kUnauthenticated);
  changed = ann();
  changed.identity_key = Ed25519KeyPair::generate(random_).public_key();
  EXPECT_EQ(verify_leaf_identity(encode(changed), "room", leaf_).error(), Error::kUnauthenticated);
}

// Without the rule anybody could put Ann's credential on a leaf of its own.
TEST_F(Identity, OnAStolenCredentialIsRefused) {
  const Ed25519PublicKey thief = Ed25519KeyPair::generate(random_).public_key();
  EXPECT_TRUE(
      verify_leaf_identity(encode(ann()), "room", thief, PolicyForTest::without(Rule::kIdentity)));
  EXPECT_EQ(verify_leaf_identity(encode(ann()), "room", thief).error(), Error::kUnauthenticated);
}

TEST_F(Identity, OfAnotherRoomIsRefused) {
  EXPECT_EQ(verify_leaf_identity(encode(ann()), "other", leaf_).error(), Error::kUnauthenticated);
  EXPECT_EQ(verify_leaf_identity(encode(ann()), "", leaf_).error(), Error::kInvalidArgument);
}

TEST_F(Identity, HasANameThatCannotPassForAnother) {
  EXPECT_EQ(vouch_for_leaf(identity_, "room", leaf_, "Ann\u202e", 1).error(), Error::kMalformed);
  // Signed by who does not keep to the rules.
  LeafIdentity forged = ann();
  forged.name = "Ann\u200b";
  std::vector<std::uint8_t> tbs;
  const auto append = [&](ByteView bytes) { tbs.insert(tbs.end(), bytes.begin(), bytes.end()); };
  append(as_bytes("sotto leaf"));
  tbs.push_back(4);
  append(as_bytes("room"));
  append(leaf_);
  tbs.push_back(static_cast<std::uint8_t>(forged.name.size()));
  append(as_bytes(forged.name));
  for (int i = 0; i < 6; ++i) tbs.push_back(0);
  tbs.push_back(0x07);
  tbs.push_back(0xd0);
  forged.signature = identity_.sign(tbs);
  EXPECT_TRUE(
      verify_leaf_identity(encode(forged), "room", leaf_, PolicyForTest::without(Rule::kNames)));
  EXPECT_EQ(verify_leaf_identity(encode(forged), "room", leaf_).error(), Error::kMalformed);
}

TEST_F(Identity, IsOneStructureOfOneSize) {
  const auto bytes = encode(ann());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_leaf_identity(ByteView(bytes).first(size))) << size;
  }
  auto longer = bytes;
  longer.push_back(0);
  EXPECT_EQ(decode_leaf_identity(longer).error(), Error::kMalformed);
  auto version = bytes;
  version[0] = 2;
  EXPECT_EQ(decode_leaf_identity(version).error(), Error::kUnsupported);
}

}  // namespace
}  // namespace sotto::room
