// Attacks of a delivery service that hands on genuine messages where, and as often as, it likes
// (security profile, sections 9 and 12).
#include <gtest/gtest.h>

#include "room/chat.h"
#include "room/commit_order.h"
#include "shared/room/attack_room.h"

namespace sotto::room {
namespace {

class ServiceAttacks : public test::AttackRoom {
 protected:
  mls::Group found_another(const test::Client& creator, std::string_view group_id) {
    auto leaf_key = mls::SignatureKeyPair::generate(random_);
    mls::CreateOptions options;
    options.group_id = mls::to_bytes(as_bytes(group_id));
    options.extensions = {mls::make_extension(test::room_of(creator, 0))};
    options.leaf_node = creator.leaf_for(leaf_key);
    options.lifetime = {1000, 1600};
    return *mls::Group::create(std::move(options), std::move(leaf_key), random_);
  }
  static mls::ApplicationMessage open(mls::Group& group, ByteView message) {
    return std::get<mls::ApplicationMessage>(*group.handle(message));
  }
};

// (9) Eve, who holds the link, founds a second group with a friend. A KeyPackage of Ben's has stood
// since he was alone, so she can welcome him there; nothing about it is wrong but that he is
// with Ann already.
TEST_F(ServiceAttacks, NobodyIsDrawnOutOfTheirGroup) {
  const test::Client eve("Eve", link_, random_);
  mls::Group second = found_another(eve, "a second group");
  auto key_package = ben_.key_package();
  const auto welcome = commit(second, eve,
                              {{mls::Add{cem_.key_package().key_package}},
                               {mls::Add{key_package.key_package}},
                               test::psk_proposal(eve)});
  const LinkPsk psk(test::kRoomId, 0, ben_.keys.psk());
  const mls::Bytes before = ben_group_->save();
  const auto joined = join(welcome, key_package, ben_, &identities_, &psk);
  ASSERT_TRUE(joined) << name(joined.error());
  ASSERT_EQ(judge_welcome(joined->context().extensions, test::kRoomId, 0, psk), std::nullopt);
  const auto leaves = [&](const Policy& policy) {
    return leave_for_other_group(ben_group_->member_count(), ben_group_->group_id(),
                                 joined->member_count() - 1, joined->group_id(), policy);
  };
  EXPECT_TRUE(leaves(PolicyForTest::without(Rule::kLeaveOnlyAlone)));
  EXPECT_FALSE(leaves({}));
  EXPECT_EQ(ben_group_->save(), before);
}

// (12) The service does not hand Ben his own message back, so he sends it again when the epoch has
// moved; Ann is handed both.
TEST_F(ServiceAttacks, AMessageSentAgainIsShownOnce) {
  Chat bens(ben_group_->own_leaf());
  Chat without(ann_group_.own_leaf(), PolicyForTest::without(Rule::kChatOnce));
  Chat real(ann_group_.own_leaf());
  for (Chat* chat : {&without, &real}) chat->add(ben_group_->own_leaf());
  const auto first = ben_group_->protect(*bens.say("No."), {}, random_);
  ASSERT_TRUE(first);
  const auto seen = open(ann_group_, *first);

  ASSERT_TRUE(
      take(ann_group_, ann_, commit(*ben_group_, ben_, mls::CommitOptions{}).commit).taken());
  ASSERT_TRUE(ben_group_->merge_pending_commit());
  const auto again = bens.resend();
  ASSERT_EQ(again.size(), 1u);
  const auto second = ben_group_->protect(again[0], {}, random_);
  ASSERT_TRUE(second);
  const auto seen_again = open(ann_group_, *second);
  EXPECT_EQ(seen_again.epoch, seen.epoch + 1) << "a new message, to MLS";

  EXPECT_TRUE(without.received(seen.sender, seen.content));
  EXPECT_TRUE(without.received(seen_again.sender, seen_again.content));
  EXPECT_TRUE(real.received(seen.sender, seen.content));
  EXPECT_EQ(real.received(seen_again.sender, seen_again.content).error(), Error::kReplayed);
}

}  // namespace
}  // namespace sotto::room
