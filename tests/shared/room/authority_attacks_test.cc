// Attacks on who decides, with real messages (security profile, sections 3 and 6).
#include <gtest/gtest.h>

#include "room/moderators.h"
#include "shared/room/attack_room.h"

namespace sotto::room {
namespace {

class AuthorityAttacks : public test::AttackRoom {
 protected:
  // Cem is let in; his client is an honest one, and he becomes the victim.
  void let_cem_in() {
    auto key_package = cem_.key_package();
    const auto messages =
        commit(ann_group_, ann_, {{mls::Add{key_package.key_package}}, test::psk_proposal(ann_)});
    ASSERT_TRUE(ann_group_.merge_pending_commit());
    ASSERT_TRUE(take(*ben_group_, ben_, messages.commit).taken());
    auto joined = join(messages, key_package, cem_, &identities_);
    ASSERT_TRUE(joined);
    cem_group_.emplace(*std::move(joined));
  }
  mls::Group copy_of_cem() {
    mls::GroupOptions options;
    options.credential_policy = &identities_;
    return *mls::Group::restore(cem_group_->save(), options);
  }
  // Cem's client looks at Ben's commit.
  void expect_cem_refuses(ByteView message, Rule left_out, Rule refused_by) {
    const Policy without = PolicyForTest::without(left_out);
    mls::Group fooled = copy_of_cem();
    EXPECT_TRUE(take(fooled, cem_, message, without).taken());
    const mls::Bytes before = cem_group_->save();
    EXPECT_EQ(take(*cem_group_, cem_, message).broken, refused_by);
    EXPECT_EQ(cem_group_->save(), before);
  }
  RoomContext off() const {
    RoomContext context = room();
    context.media_encrypted = false;
    return context;
  }

  std::optional<mls::Group> cem_group_;
};

// Ben is a moderator, or has a moderator's phone.
TEST_F(AuthorityAttacks, NotEvenAModeratorSwitchesOffWhatIsEncryptedForGood) {
  RoomContext context = test::room_of(ann_, 0);
  context.moderators.push_back(ben_.identity.public_key());
  context.e2ee_permanent = true;
  found(context);
  RoomContext after = off();
  after.e2ee_permanent = false;
  const auto fooled = attack(bens({change(after)}), Rule::kPermanent);
  EXPECT_FALSE(room_context_of(fooled.context().extensions)->media_encrypted);
}

// Ben removes the last moderator, which anybody can do with who is unreachable. If that made the
// lowest leaf one, he could now do what he likes.
TEST_F(AuthorityAttacks, NobodyComesByAuthorityThroughRemovingTheLastModerator) {
  let_cem_in();
  const auto removal = bens({{mls::Remove{{0}}}});
  ASSERT_TRUE(ben_group_->merge_pending_commit());
  ASSERT_TRUE(take(*cem_group_, cem_, removal).taken());
  const auto decree = bens({change(off())});
  expect_cem_refuses(decree, Rule::kAuthorityLaidDown, Rule::kModerators);
}

// Ann leaves, and the commit that takes her Remove says so: now the lowest leaf stands in.
TEST_F(AuthorityAttacks, WhoLeavesLaysItsAuthorityDown) {
  let_cem_in();
  const auto own_remove = ann_group_.propose({mls::Remove{{0}}}, {}, random_);
  ASSERT_TRUE(own_remove);
  for (mls::Group* group : {&*ben_group_, &*cem_group_}) {
    ASSERT_TRUE(take(*group, group == &*ben_group_ ? ben_ : cem_, *own_remove).taken());
  }
  const auto members = cem_group_->members();
  const Roster roster = *Roster::of(members, cem_group_->epoch());
  const RoomContext after = without_leavers(room(), roster, {{0}});
  EXPECT_TRUE(after.moderators.empty());
  const auto handover = bens({change(after)});
  ASSERT_TRUE(ben_group_->merge_pending_commit());
  ASSERT_TRUE(take(*cem_group_, cem_, handover).taken());
  EXPECT_EQ(cem_group_->member_count(), 2u);

  RoomContext now = after;
  now.join_policy = JoinPolicy::kLocked;
  EXPECT_TRUE(take(*cem_group_, cem_, bens({change(now)})).taken());
}

// What goes through with a leaver's Remove is that, and nothing else; and without it nothing.
TEST_F(AuthorityAttacks, NobodyIsStruckOffWhoDoesNotLeave) {
  let_cem_in();
  RoomContext struck = room();
  struck.moderators.clear();
  expect_cem_refuses(bens({change(struck)}), Rule::kModerators, Rule::kModerators);
  expect_cem_refuses(bens({{mls::Remove{{0}}}, change(struck)}), Rule::kModerators,
                     Rule::kModerators);

  const auto own_remove = ann_group_.propose({mls::Remove{{0}}}, {}, random_);
  ASSERT_TRUE(take(*ben_group_, ben_, *own_remove).taken());
  ASSERT_TRUE(take(*cem_group_, cem_, *own_remove).taken());
  RoomContext more = struck;
  more.moderators = {ben_.identity.public_key()};
  expect_cem_refuses(bens({change(more)}), Rule::kModerators, Rule::kModerators);
  mls::GroupContextExtensions with_another{{mls::make_extension(struck)}};
  with_another.extensions.push_back(mls::make_extension(mls::RequiredCapabilities{}));
  expect_cem_refuses(bens({{std::move(with_another)}}), Rule::kModerators, Rule::kModerators);
}

// Under knock only she could let herself in.
TEST_F(AuthorityAttacks, AModeratorWhoWasRemovedComesBack) {
  RoomContext context = test::room_of(ann_, 0);
  context.join_policy = JoinPolicy::kKnock;
  found(context);
  let_cem_in();
  const auto removal = bens({{mls::Remove{{0}}}});
  ASSERT_TRUE(ben_group_->merge_pending_commit());
  ASSERT_TRUE(take(*cem_group_, cem_, removal).taken());
  auto key_package = ann_.key_package();
  const auto back = bens_add(key_package);
  ASSERT_TRUE(ben_group_->merge_pending_commit());
  ASSERT_TRUE(take(*cem_group_, cem_, back).taken());
  const Roster roster = *Roster::of(cem_group_->members(), cem_group_->epoch());
  EXPECT_TRUE(is_moderator({0}, room(), roster));
  EXPECT_FALSE(is_moderator({1}, room(), roster));
}

// The room is at its second link, since somebody was kicked. Ben, a moderator and the kicked one's
// friend, turns it back to the first one, which the kicked one knows.
class SecondLink : public AuthorityAttacks {
 protected:
  SecondLink() {
    RoomContext context = test::room_of(ann_, 1);
    context.moderators.push_back(ben_.identity.public_key());
    link_ = test::link_of(7, 1);
    for (test::Client* client : {&ann_, &ben_, &cem_}) {
      client->keys = *link_keys(link_, test::kRoomId);
      client->psk = LinkPsk(test::kRoomId, 1, client->keys.psk());
    }
    found(context);
  }
};

TEST_F(SecondLink, AnEndedLinkIsNotBroughtBack) {
  RoomContext back = room();
  back.gen = 0;
  const auto fooled = attack(bens({change(back)}), Rule::kNewLinkAfterKick);
  EXPECT_EQ(room_context_of(fooled.context().extensions)->gen, 0u);
}

// With the commit that ends a link, somebody slips in by it.
TEST_F(SecondLink, NobodySlipsInWhileTheLinkEnds) {
  RoomContext next = room();
  ++next.gen;
  const auto message =
      bens({change(next), {mls::Add{cem_.key_package().key_package}}, test::psk_proposal(ben_)});
  const auto fooled = attack(message, Rule::kNewLinkAfterKick);
  EXPECT_EQ(fooled.member_count(), 3u);
}

}  // namespace
}  // namespace sotto::room
