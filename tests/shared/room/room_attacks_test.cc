// The attacks that the security profile answers, with real MLS messages: each succeeds where its
// rule is left out, and is refused by the real thing, which stays bit for bit as it was.
#include <gtest/gtest.h>

#include "room/commit_order.h"
#include "shared/mls/group/rogue_member.h"
#include "shared/room/attack_room.h"

namespace sotto::room {
namespace {

using test::Client;

class RoomAttacks : public test::AttackRoom {
 protected:
  mls::JoinOptions options_of(const Client& client) const {
    mls::JoinOptions options;
    options.psks = &client.psk;
    options.group.credential_policy = &identities_;
    return options;
  }
  static mls::HandleOptions handling(const Client& client) {
    mls::HandleOptions options;
    options.psks = &client.psk;
    return options;
  }

  Client outsider_{"Ben", test::link_of(8, 0), random_};  // a bridge, say: it has no link
};

TEST_F(RoomAttacks, HonestCommitsAreTaken) {
  const Client cem("Cem", link_, random_);
  const auto messages = commit(
      *ben_group_, ben_, {{mls::Add{cem.key_package().key_package}}, test::psk_proposal(ben_)});
  auto handled = ann_group_.handle(messages.commit, handling(ann_));
  ASSERT_TRUE(handled);
  auto& staged = std::get<mls::StagedCommit>(*handled);
  EXPECT_EQ(test::judge(ann_group_, staged, ann_.keys), std::nullopt);
  ASSERT_TRUE(ann_group_.apply(std::move(staged)));
  EXPECT_EQ(ann_group_.member_count(), 3u);
}

// (2) The bridge welcomes a joiner into a group of its own.
TEST_F(RoomAttacks, AJoinerIsNotLuredIntoTheBridgesGroup) {
  const IdentityPolicy anybody(std::string(test::kRoomId), PolicyForTest::without(Rule::kIdentity));
  mls::Group trap = test::create_room(outsider_, test::room_of(outsider_, 0), anybody);
  auto key_package = ben_.key_package();
  const auto messages = commit(trap, outsider_, {{mls::Add{key_package.key_package}}});
  const auto joined = mls::Group::join(messages.welcomes[0].message, key_package, options_of(ben_));
  ASSERT_TRUE(joined) << name(joined.error());
  const auto& extensions = joined->context().extensions;
  const LinkPsk psk(test::kRoomId, 0, ben_.keys.psk());
  EXPECT_EQ(judge_welcome(extensions, test::kRoomId, 0, psk), Rule::kJoinerPsk);
  EXPECT_EQ(
      judge_welcome(extensions, test::kRoomId, 0, psk, PolicyForTest::without(Rule::kJoinerPsk)),
      std::nullopt);
}

// (2) A member adds somebody without the link's key, for the bridge.
TEST_F(RoomAttacks, NobodyIsAddedWithoutTheLinksPsk) {
  const Client cem("Cem", link_, random_);
  const auto messages = commit(*ben_group_, ben_, {{mls::Add{cem.key_package().key_package}}});
  EXPECT_EQ(attack(messages.commit, Rule::kPskForAdds).member_count(), 3u);
}

// (2) The bridge swaps a joiner's KeyPackage for one of its own.
TEST_F(RoomAttacks, AKeyPackageOfWhoLacksTheLinkIsRefused) {
  for (const bool with_mac : {false, true}) {
    const auto swapped = outsider_.key_package(with_mac);
    const auto messages =
        commit(*ben_group_, ben_, {{mls::Add{swapped.key_package}}, test::psk_proposal(ben_)});
    EXPECT_EQ(attack(messages.commit, Rule::kKeyPackageMac).member_count(), 3u);
  }
}

// (6) A member, or the bridge through one, switches encryption off for everybody.
TEST_F(RoomAttacks, NobodyButAModeratorSwitchesEncryptionOff) {
  RoomContext off = room();
  off.media_encrypted = false;
  const auto fooled = attack(bens({change(off)}), Rule::kModerators);
  EXPECT_FALSE(room_context_of(fooled.context().extensions)->media_encrypted);
}

TEST_F(RoomAttacks, NobodyMakesThemselvesAModerator) {
  RoomContext mine = room();
  mine.moderators = {ben_.identity.public_key()};
  const auto fooled = attack(bens({change(mine)}), Rule::kModerators);
  EXPECT_TRUE(
      room_context_of(fooled.context().extensions)->lists_moderator(ben_.identity.public_key()));
}

// (9) Ben spoils his commit's path for Ann alone, and the bridge hands her another commit
// afterwards: if she took that one, she would be in a room of her own.
TEST_F(RoomAttacks, WhoCannotOpenTheFirstCommitTakesNoOther) {
  const mls::Commit other = mls::commit_with_path(*ben_group_, random_, [](mls::UpdatePath&) {});
  const mls::Commit spoilt =
      mls::commit_with_path(*ben_group_, random_, [&](mls::UpdatePath& path) {
        path.nodes[0].encrypted_path_secret = other.path->nodes[0].encrypted_path_secret;
      });
  const mls::Bytes before = ann_group_.save();
  std::optional<mls::UnopenedPath> unopened;
  mls::HandleOptions options;
  options.unopened_path = &unopened;
  EXPECT_EQ(ann_group_.handle(mls::rogue_commit(*ben_group_, spoilt), options).error(),
            Error::kUnauthenticated);
  ASSERT_TRUE(unopened);
  EXPECT_EQ(ann_group_.save(), before);

  const Secret<32> mac_key = ann_.keys.key_package_mac_key();
  const auto members = ann_group_.members();
  const Roster roster = *Roster::of(members, ann_group_.epoch());
  const RoomContext context = room();
  EXPECT_EQ(judge_commit(CommitFacts::of(*unopened), {context, roster, mac_key}), std::nullopt);
  CommitOrder order(ann_group_.epoch());
  CommitOrder without(ann_group_.epoch(), PolicyForTest::without(Rule::kFirstValidCommit));
  EXPECT_EQ(order.after_handling(CommitOutcome::kPathUnopened), CommitFate::kRejoin);
  EXPECT_EQ(without.after_handling(CommitOutcome::kPathUnopened), CommitFate::kIgnore);

  const auto second = commit(*ben_group_, ben_, mls::CommitOptions{});
  EXPECT_EQ(order.before_handling(ann_group_.epoch(), {}), CommitFate::kRejoin);
  ASSERT_EQ(without.before_handling(ann_group_.epoch(), {}), std::nullopt);
  EXPECT_TRUE(ann_group_.handle(second.commit)) << "which is what the attacker is after";
}

// (3) Ben is kicked and comes back by the link that he knows.
TEST_F(RoomAttacks, TheKickedDoNotComeBackByTheSameLink) {
  for (const bool new_link : {false, true}) {
    SCOPED_TRACE(new_link);
    sotto::test::SeededRandom random{2};
    mls::Group group = test::create_room(ann_, test::room_of(ann_, 0), identities_);
    auto key_package = ben_.key_package();
    commit(group, ann_, {{mls::Add{key_package.key_package}}, test::psk_proposal(ann_)});
    ASSERT_TRUE(group.merge_pending_commit());
    std::vector<mls::Proposal> kick = {{mls::Remove{{1}}}};
    RoomContext after = *room_context_of(group.context().extensions);
    if (new_link) {
      ++after.gen;
      kick.push_back(change(after));
    }
    commit(group, ann_, kick);
    ASSERT_TRUE(group.merge_pending_commit());

    RoomLink link = test::link_of(7, after.gen);
    if (new_link) {
      ASSERT_TRUE(group.exporter(kLinkExporterLabel, link_exporter_context(test::kRoomId, 1),
                                 link.secret.writable()));
    }
    const LinkKeys keys = *link_keys(link, test::kRoomId);
    const auto again = ben_.key_package();
    EXPECT_EQ(judge_key_package(again.key_package, keys.key_package_mac_key(), {}),
              new_link ? std::optional<Rule>(Rule::kKeyPackageMac) : std::nullopt);
  }
}

// (3) The others find the new link in their epoch; the kicked one is in none.
TEST_F(RoomAttacks, TheNewLinkIsTheGroupsAlone) {
  const Client cem("Cem", link_, random_);
  auto key_package = cem.key_package();
  const auto added =
      commit(ann_group_, ann_, {{mls::Add{key_package.key_package}}, test::psk_proposal(ann_)});
  ASSERT_TRUE(ann_group_.merge_pending_commit());
  auto cem_group = mls::Group::join(added.welcomes[0].message, key_package, options_of(cem));
  ASSERT_TRUE(cem_group);
  auto bens = ben_group_->handle(added.commit, handling(ben_));
  ASSERT_TRUE(bens);
  ASSERT_TRUE(ben_group_->apply(std::get<mls::StagedCommit>(std::move(*bens))));

  RoomContext after = room();
  ++after.gen;
  const auto kick = commit(ann_group_, ann_, {{mls::Remove{{1}}}, change(after)});
  ASSERT_TRUE(ann_group_.merge_pending_commit());
  auto cems = cem_group->handle(kick.commit, handling(cem));
  ASSERT_TRUE(cems);
  ASSERT_TRUE(cem_group->apply(std::get<mls::StagedCommit>(std::move(*cems))));
  auto own = ben_group_->handle(kick.commit, handling(ben_));
  ASSERT_TRUE(own);
  ASSERT_TRUE(ben_group_->apply(std::get<mls::StagedCommit>(std::move(*own))));

  std::uint8_t anns[32], cems_link[32], bens_link[32] = {};
  const auto context = link_exporter_context(test::kRoomId, 1);
  ASSERT_TRUE(ann_group_.exporter(kLinkExporterLabel, context, anns));
  ASSERT_TRUE(cem_group->exporter(kLinkExporterLabel, context, cems_link));
  EXPECT_TRUE(equal(anns, cems_link));
  (void)ben_group_->exporter(kLinkExporterLabel, context, bens_link);
  EXPECT_FALSE(ben_group_->active());
  EXPECT_FALSE(equal(anns, bens_link));
}

}  // namespace
}  // namespace sotto::room
