#include "room/identity_policy.h"

#include <gtest/gtest.h>

#include "shared/room/room_example.h"
#include "support/policy_for_test.h"

namespace sotto::room {
namespace {

class IdentityPolicyTest : public ::testing::Test {
 protected:
  test::RoomExample room_;
  IdentityPolicy policy_{"room"};
  test::Person ann_ = room_.members[0];
};

TEST_F(IdentityPolicyTest, AcceptsWhomTheirIdentityVouchesFor) {
  EXPECT_TRUE(policy_.accepts(room_.leaf_of(ann_)));
  mls::LeafNode leaf = room_.leaf_of(ann_);
  leaf.signature_key = mls::to_bytes(room_.person("").leaf_key->public_key());
  EXPECT_FALSE(policy_.accepts(leaf));
  EXPECT_FALSE(IdentityPolicy("other").accepts(room_.leaf_of(ann_)));
  leaf = room_.leaf_of(ann_);
  leaf.credential.credential_type = mls::CredentialType::kX509;
  EXPECT_FALSE(policy_.accepts(leaf));
}

// As of a tree: wherever it is, one for whom nobody vouches is found, by the end of the many.
TEST_F(IdentityPolicyTest, AcceptsManyIfEachIsVouchedFor) {
  constexpr std::size_t kMany = 70;
  const auto accepted = [&](std::optional<std::size_t> forged) {
    Ed25519Many many;
    bool taken = true;
    for (std::size_t i = 0; i < kMany; ++i) {
      mls::LeafNode leaf = room_.leaf_of(ann_);
      if (i == forged) leaf.signature_key = mls::to_bytes(room_.person("").leaf_key->public_key());
      taken = policy_.accepts_among(leaf, many) && taken;
    }
    const bool all_good = many.finish().has_value();
    return taken && all_good;
  };
  EXPECT_TRUE(accepted(std::nullopt));
  for (const std::size_t forged : {std::size_t{0}, std::size_t{31}, std::size_t{32}, kMany - 1}) {
    EXPECT_FALSE(accepted(forged)) << forged;
  }
}

TEST_F(IdentityPolicyTest, KeepsALeafTheSamePersons) {
  const mls::LeafNode before = room_.leaf_of(ann_);
  test::Person renamed = ann_;
  renamed.name = "Anna";
  EXPECT_TRUE(policy_.accepts_successor(before, room_.leaf_of(ann_)));
  EXPECT_FALSE(policy_.accepts_successor(before, room_.leaf_of(renamed)));
  const mls::LeafNode other = room_.leaf_of(room_.person("Ann"));
  EXPECT_FALSE(policy_.accepts_successor(before, other));
  const IdentityPolicy without("room", PolicyForTest::without(Rule::kIdentityStays));
  EXPECT_TRUE(without.accepts_successor(before, other));
}

TEST_F(IdentityPolicyTest, AcceptsNobodyWhoStaysOutside) {
  EXPECT_FALSE(policy_.accepts(mls::ExternalSender{}));
  EXPECT_FALSE(policy_.accepts_new_member_proposal(room_.key_package_of(ann_)));
}

}  // namespace
}  // namespace sotto::room
