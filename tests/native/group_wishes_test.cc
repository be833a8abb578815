// What a person wants is done to whom, and of what, the person was shown.
#include "native/group_interface.h"

namespace sotto {
namespace {

constexpr Bytes::size_type kIdentityKey = 32;

std::uint32_t standing_of(const GroupRoom& room, const GroupPerson& seen_by,
                          const GroupPerson& whom) {
  sotto_group_member member = {};
  member.struct_size = sizeof member;
  EXPECT_EQ(SOTTO_OK, sotto_group_find_member(seen_by.group, whom.leaf(), room.now, &member));
  return member.standing;
}

// Cem has gone and come anew between the look and the kick, and Eve has the place that was his.
TEST(CGroupWishes, AKickIsOfAPersonWhereverTheySit) {
  GroupRoom room;
  const auto all = fill(room, {"Ann", "Ben", "Cem"});
  GroupPerson &ann = *all[0], &ben = *all[1], &cem = *all[2];
  const Bytes cems = cem.identity_key();
  const std::uint32_t leaf = cem.leaf();
  for (GroupPerson* one : {&ben, &cem}) {
    ASSERT_EQ(SOTTO_OK, sotto_group_leave(one->group, room.now));
    room.run(1'000);
  }
  ASSERT_TRUE(room.run_until(5'000, [&] { return room.agree({&ann}); }));
  GroupPerson& again =
      room.join("Cem", [&](auto& options) { options.identity = cem.identity.data(); });
  ASSERT_TRUE(room.run_until(5'000, [&] { return room.agree({&ann, &again}); }));
  GroupPerson& eve = room.join("Eve");
  ASSERT_TRUE(room.run_until(5'000, [&] { return room.agree({&ann, &again, &eve}); }));
  ASSERT_EQ(leaf, eve.leaf());
  ASSERT_NE(leaf, again.leaf());
  ASSERT_EQ(SOTTO_OK, sotto_group_kick(ann.group, cems.data(), 0, room.now));
  ASSERT_TRUE(room.run_until(5'000, [&] { return room.agree({&ann, &eve}); }));
  ASSERT_NE(nullptr, again.last(SOTTO_GROUP_ENDED));
  EXPECT_EQ(1u, again.last(SOTTO_GROUP_ENDED)->raw.value) << "kicked";
}

TEST(CGroupWishes, AKickIsOfAllPlacesOfAPerson) {
  GroupRoom room;
  const auto all = fill(room, {"Ann", "Ben"});
  GroupPerson &ann = *all[0], &ben = *all[1];
  GroupPerson& twice =
      room.join("Ben", [&](auto& options) { options.identity = ben.identity.data(); });
  room.run(200);
  ASSERT_EQ(SOTTO_OK, sotto_group_kick(ann.group, ben.identity_key().data(), 0, room.now));
  ASSERT_TRUE(room.run_until(20'000, [&] { return room.agree({&ann}); }));
  EXPECT_NE(SOTTO_GROUP_IN, ben.state());
  EXPECT_FALSE(twice.state() == SOTTO_GROUP_IN && twice.agreement() == ann.agreement());
}

TEST(CGroupWishes, OfWhoIsNotHereNothingIsDone) {
  GroupRoom room;
  const auto all = fill(room, {"Ann", "Ben"});
  GroupPerson &ann = *all[0], &ben = *all[1];
  const Bytes nobody(kIdentityKey, 7);
  EXPECT_EQ(SOTTO_E_NOT_FOUND, sotto_group_kick(ann.group, nobody.data(), 0, room.now));
  EXPECT_EQ(SOTTO_E_NOT_FOUND, sotto_group_make_moderator(ann.group, nobody.data(), room.now));
  room.run(2'000);
  EXPECT_EQ(0u, ann.last(SOTTO_GROUP_LINK_CHANGED)->raw.number);
  EXPECT_TRUE(room.agree({&ann, &ben}));
}

TEST(CGroupWishes, OnlyAModeratorInTheRoomRemovesOrMakesModerators) {
  GroupRoom room;
  const auto all = fill(room, {"Ann", "Ben", "Cem"});
  GroupPerson &ann = *all[0], &ben = *all[1], &cem = *all[2];
  const Bytes bens = ben.identity_key(), cems = cem.identity_key();
  EXPECT_EQ(SOTTO_E_WRONG_STATE, sotto_group_kick(ben.group, cems.data(), 0, room.now));
  EXPECT_EQ(SOTTO_E_WRONG_STATE, sotto_group_make_moderator(ben.group, cems.data(), room.now));
  ASSERT_EQ(SOTTO_OK, sotto_group_make_moderator(ann.group, bens.data(), room.now));
  room.run(1'000);
  EXPECT_EQ(SOTTO_OK, sotto_group_kick(ben.group, cems.data(), 0, room.now));
  ASSERT_TRUE(room.run_until(5'000, [&] { return room.agree({&ann, &ben}); }));
  EXPECT_EQ(SOTTO_E_WRONG_STATE, sotto_group_kick(cem.group, bens.data(), 0, room.now))
      << "outside";
}

// Ben begins the code anew while Ann's person reads the first one out.
TEST(CGroupWishes, AYesIsToTheCodeThatWasRead) {
  GroupRoom room;
  const auto all = fill(room, {"Ann", "Ben"});
  GroupPerson &ann = *all[0], &ben = *all[1];
  const Bytes none(SOTTO_GROUP_CODE_SIZE);
  EXPECT_EQ(SOTTO_E_WRONG_STATE, sotto_group_confirm_code(ann.group, none.data(), room.now));
  ASSERT_EQ(SOTTO_OK, sotto_group_start_code(ann.group, room.now));
  room.run(3'000);
  const Bytes first = ann.last(SOTTO_GROUP_CODE_SHOWN)->bytes;
  ASSERT_EQ(SOTTO_OK, sotto_group_start_code(ben.group, room.now));
  room.run(1'000);
  const Bytes second = ann.last(SOTTO_GROUP_CODE_SHOWN)->bytes;
  ASSERT_NE(first, second);
  EXPECT_EQ(SOTTO_E_NOT_FOUND, sotto_group_confirm_code(ann.group, first.data(), room.now));
  EXPECT_EQ(SOTTO_GROUP_UNMET, standing_of(room, ann, ben));
  EXPECT_EQ(SOTTO_OK, sotto_group_confirm_code(ann.group, second.data(), room.now));
  EXPECT_EQ(SOTTO_GROUP_VERIFIED, standing_of(room, ann, ben));
}

}  // namespace
}  // namespace sotto
