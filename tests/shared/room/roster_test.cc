#include "room/roster.h"

#include <gtest/gtest.h>

#include "shared/room/room_example.h"

namespace sotto::room {
namespace {

std::shared_ptr<const mls::LeafNode> shared(mls::LeafNode leaf) {
  return std::make_shared<const mls::LeafNode>(std::move(leaf));
}

TEST(Roster, FollowsTheGroup) {
  test::RoomExample room;
  std::vector<mls::Member> members = {{{0}, shared(room.leaf_of(room.members[0]))},
                                      {{4}, shared(room.leaf_of(room.members[1]))}};
  Roster roster = *Roster::of(members, 9);
  EXPECT_EQ(roster.size(), 2u);
  EXPECT_EQ(roster.find({4})->identity.name, "Ben");
  EXPECT_EQ(roster.find({4})->since_epoch, 9u);
  EXPECT_EQ(roster.find({1}), nullptr);

  const IdentityKey ben = roster.find({4})->identity.identity_key;
  EXPECT_EQ(roster.leaves_of(ben), std::vector<mls::LeafIndex>{{4}});

  mls::CommitEffects effects;
  effects.removed.push_back({{4}, members[1].leaf_node});
  effects.added.push_back({{4}, 0, shared(room.leaf_of(room.members[2]))});
  test::Person ann = room.members[0];
  ann.name = "Anna";
  effects.updated.push_back({{0}, members[0].leaf_node, shared(room.leaf_of(ann))});
  ASSERT_TRUE(roster.apply(effects, 10));
  EXPECT_EQ(roster.find({4})->identity.name, "Cem");
  EXPECT_EQ(roster.find({4})->since_epoch, 10u) << "another member in the same leaf";
  EXPECT_EQ(roster.find({0})->identity.name, "Anna");
  EXPECT_EQ(roster.find({0})->since_epoch, 9u);
  EXPECT_TRUE(roster.leaves_of(ben).empty());
  for (const auto& [leaf, member] : roster.members()) {
    EXPECT_EQ(roster.leaves_of(member.identity.identity_key), std::vector<mls::LeafIndex>{leaf});
  }
}

TEST(Roster, HasNoPlaceForForeignCredentials) {
  mls::LeafNode leaf;
  leaf.credential.credential_type = mls::CredentialType::kX509;
  EXPECT_EQ(identity_of(leaf).error(), Error::kUnsupported);
  Roster roster;
  EXPECT_FALSE(roster.put({0}, leaf, 0));
  EXPECT_EQ(roster.size(), 0u);
}

}  // namespace
}  // namespace sotto::room
