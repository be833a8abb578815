#include "room/moderators.h"

#include <gtest/gtest.h>

#include "shared/room/room_example.h"
#include "support/policy_for_test.h"

namespace sotto::room {
namespace {

class Moderators : public ::testing::Test {
 protected:
  bool moderates(std::uint32_t leaf) { return is_moderator({leaf}, room_.context, room_.roster); }
  void leave(std::uint32_t leaf) {
    mls::CommitEffects effects;
    effects.removed.push_back({{leaf}, nullptr});
    ASSERT_TRUE(room_.roster.apply(effects, 1));
  }

  test::RoomExample room_;
};

TEST_F(Moderators, AreWhoTheRoomLists) {
  EXPECT_TRUE(moderates(0));
  EXPECT_FALSE(moderates(1));
  EXPECT_FALSE(moderates(17)) << "nobody sits there";
  EXPECT_EQ(acting_moderator(room_.context, room_.roster), std::nullopt);
}

TEST_F(Moderators, AreReplacedByTheLowestLeafWhenAllHaveLaidItDown) {
  room_.context = without_leavers(room_.context, room_.roster, {{0}});
  leave(0);
  EXPECT_TRUE(moderates(1));
  EXPECT_FALSE(moderates(2));
  leave(1);
  EXPECT_TRUE(moderates(2));
}

// By somebody who would like to be the lowest leaf, perhaps.
TEST_F(Moderators, AreNotReplacedWhenTheyWereRemoved) {
  leave(0);
  EXPECT_FALSE(moderates(1));
  EXPECT_EQ(acting_moderator(room_.context, room_.roster), std::nullopt);
  const Policy without = PolicyForTest::without(Rule::kAuthorityLaidDown);
  EXPECT_TRUE(is_moderator({1}, room_.context, room_.roster, without));
}

TEST_F(Moderators, WhoLeaveWithOneOfTwoLeavesStay) {
  test::Person ann = room_.members[0];
  ann.leaf_key = room_.person("").leaf_key;
  ASSERT_TRUE(room_.roster.put({7}, room_.leaf_of(ann), 2));
  EXPECT_EQ(without_leavers(room_.context, room_.roster, {{0}}), room_.context);
  EXPECT_TRUE(without_leavers(room_.context, room_.roster, {{0}, {7}}).moderators.empty());
  EXPECT_EQ(without_leavers(room_.context, room_.roster, {{1}, {9}}), room_.context);
}

TEST_F(Moderators, GoByIdentityNotByLeaf) {
  room_.context.moderators = {room_.members[2].identity->public_key()};
  EXPECT_FALSE(moderates(0));
  EXPECT_TRUE(moderates(2));
}

// Who comes back from a reload has its authority, and nobody stands in any more.
TEST_F(Moderators, HaveTheirAuthorityAgainWhenTheyComeBack) {
  leave(0);
  test::Person ann = room_.members[0];
  ann.leaf_key = room_.person("").leaf_key;
  ASSERT_TRUE(room_.roster.put({7}, room_.leaf_of(ann), 2));
  EXPECT_TRUE(moderates(7));
  EXPECT_FALSE(moderates(1));
}

}  // namespace
}  // namespace sotto::room
