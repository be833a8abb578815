#include "room/add_rules.h"

#include <gtest/gtest.h>

#include "shared/room/room_example.h"
#include "support/policy_for_test.h"

namespace sotto::room {
namespace {

class AddRules : public ::testing::Test {
 protected:
  // Refused by the rule, and let through where it is left out.
  void expect_refused(const test::CommitExample& commit, Rule rule) {
    EXPECT_EQ(commit.judge(), rule);
    EXPECT_EQ(commit.judge(PolicyForTest::without(rule)), std::nullopt);
  }

  test::CommitExample commit(std::uint32_t committer = 1) {
    return test::CommitExample(room_, committer);
  }

  test::RoomExample room_;
  test::Person dan_ = room_.person("Dan");
};

TEST_F(AddRules, LetInWhoHoldsTheLink) {
  EXPECT_EQ(commit().add(room_.key_package_of(dan_)).psk().judge(), std::nullopt);
}

TEST_F(AddRules, WantTheLinksPskExactlyOnce) {
  expect_refused(commit().add(room_.key_package_of(dan_)), Rule::kPskForAdds);
  expect_refused(commit().add(room_.key_package_of(dan_)).psk().psk(), Rule::kPskForAdds);
  expect_refused(commit().add(room_.key_package_of(dan_)).psk(2), Rule::kPskForAdds);
  expect_refused(commit().psk(4), Rule::kPskForAdds);
  mls::PreSharedKeyId resumption;
  resumption.psktype = mls::PskType::kResumption;
  resumption.psk_id = mls::to_bytes(link_psk_id("room", 3));
  expect_refused(commit().add(room_.key_package_of(dan_)).psk(resumption), Rule::kPskForAdds);
}

// The bridge, or a member, has a KeyPackage that was not made with the link.
TEST_F(AddRules, RefuseWhoDoesNotHoldTheLink) {
  mls::KeyPackage without = room_.key_package_of(dan_);
  without.extensions.clear();
  expect_refused(commit().add(without).psk(), Rule::kKeyPackageMac);
  expect_refused(commit().add(room_.key_package_of(dan_, 2)).psk(), Rule::kKeyPackageMac);
  mls::KeyPackage swapped = room_.key_package_of(dan_);
  swapped.init_key = mls::Bytes(32, 1);
  expect_refused(commit().add(swapped).psk(), Rule::kKeyPackageMac);
}

TEST_F(AddRules, RefuseKeyPackagesMadeToLast) {
  mls::KeyPackage lasting = room_.key_package_of(dan_);
  lasting.leaf_node.lifetime = {1000, 1601};
  ASSERT_TRUE(add_key_package_mac(room_.keys_of(room_.context.gen).key_package_mac_key(), lasting));
  expect_refused(commit().add(lasting).psk(), Rule::kKeyPackageLife);
  lasting.leaf_node.lifetime = {1000, 999};
  ASSERT_TRUE(add_key_package_mac(room_.keys_of(room_.context.gen).key_package_mac_key(), lasting));
  expect_refused(commit().add(lasting).psk(), Rule::kKeyPackageLife);
}

TEST_F(AddRules, RefuseTheBanned) {
  room_.context.banned = {dan_.identity->public_key()};
  expect_refused(commit(0).add(room_.key_package_of(dan_)).psk(), Rule::kBanned);
}

TEST_F(AddRules, RefuseWhoIsBannedInTheSameCommit) {
  RoomContext after = room_.context;
  after.banned = {dan_.identity->public_key()};
  expect_refused(commit(0).change(after).add(room_.key_package_of(dan_)).psk(), Rule::kBanned);
}

TEST_F(AddRules, LeaveItToModeratorsWhoKnocks) {
  room_.context.join_policy = JoinPolicy::kKnock;
  expect_refused(commit(1).add(room_.key_package_of(dan_)).psk(), Rule::kKnock);
  EXPECT_EQ(commit(0).add(room_.key_package_of(dan_)).psk().judge(), std::nullopt);
}

// A member's commit that names a moderator's proposal counts as the moderator's, and a moderator's
// commit of a member's as the member's.
TEST_F(AddRules, LookAtTheProposersNotAtTheCommitter) {
  room_.context.join_policy = JoinPolicy::kKnock;
  EXPECT_EQ(commit(1).add(room_.key_package_of(dan_), {0}).psk().judge(), std::nullopt);
  EXPECT_EQ(commit(0).add(room_.key_package_of(dan_), {1}).psk().judge(), Rule::kKnock);
}

TEST_F(AddRules, LetNobodyIntoALockedRoom) {
  room_.context.join_policy = JoinPolicy::kLocked;
  expect_refused(commit(0).add(room_.key_package_of(dan_)).psk(), Rule::kKnock);
}

// It may have been removed as unreachable, and be the only one who could let anybody in.
TEST_F(AddRules, LetAListedModeratorBackInByAnybody) {
  room_.context.moderators.push_back(dan_.identity->public_key());
  for (const JoinPolicy policy : {JoinPolicy::kKnock, JoinPolicy::kLocked}) {
    room_.context.join_policy = policy;
    EXPECT_EQ(commit(1).add(room_.key_package_of(dan_)).psk().judge(), std::nullopt);
  }
  room_.context.banned = {dan_.identity->public_key()};
  expect_refused(commit(1).add(room_.key_package_of(dan_)).psk(), Rule::kBanned);
}

TEST_F(AddRules, LetAMemberComeBackInOneCommit) {
  room_.context.join_policy = JoinPolicy::kLocked;
  test::Person cem = room_.members[2];
  cem.leaf_key = room_.person("").leaf_key;
  EXPECT_EQ(commit(1).remove(2).add(room_.key_package_of(cem)).psk().judge(), std::nullopt);
  // Nobody else comes in its place.
  EXPECT_EQ(commit(1).remove(2).add(room_.key_package_of(dan_)).psk().judge(), Rule::kKnock);
}

}  // namespace
}  // namespace sotto::room
