// Attacks by the doors that RFC 9420 has and a room does without, with real messages (security
// profile, sections 2, 4 and 9).
#include <gtest/gtest.h>

#include <algorithm>

#include "mls/group/external_proposal.h"
#include "shared/mls/group/some_group.h"
#include "shared/room/attack_room.h"

namespace sotto::room {
namespace {

class OutsideAttacks : public test::AttackRoom {
 protected:
  static bool shows(ByteView message, std::string_view text) {
    return std::search(message.begin(), message.end(), text.begin(), text.end()) != message.end();
  }
  // Cem in the room, his client as lax as Ben's: to be thrown out.
  void let_cem_in() {
    auto key_package = cem_.key_package();
    const auto messages =
        commit(ann_group_, ann_, {{mls::Add{key_package.key_package}}, test::psk_proposal(ann_)});
    ASSERT_TRUE(ann_group_.merge_pending_commit());
    ASSERT_TRUE(take(*ben_group_, ben_, messages.commit).taken());
  }
};

// (4) Ben's client sends its handshakes in the clear: the bridge reads who comes, by name.
TEST_F(OutsideAttacks, HandshakesThatShowNamesAreRefused) {
  const auto key_package = cem_.key_package();
  const auto sealed = bens_add(key_package);
  EXPECT_FALSE(shows(sealed, "Cem"));
  EXPECT_EQ(judge_handshake(sealed), std::nullopt);
  ben_group_->discard_pending_commit();

  mls::GroupAccess::state(*ben_group_).options.private_handshake = false;
  const auto in_the_clear = bens_add(key_package);
  ASSERT_TRUE(shows(in_the_clear, "Cem"));
  const auto fooled = attack(in_the_clear, Rule::kHandshakesSealed);
  EXPECT_EQ(identity_in(fooled, 2).name, "Cem");
}

TEST_F(OutsideAttacks, ProposalsInTheClearAreRefused) {
  mls::GroupAccess::state(*ben_group_).options.private_handshake = false;
  const auto own_remove = ben_group_->propose({mls::Remove{{1}}}, {}, random_);
  ASSERT_TRUE(own_remove);
  const auto fooled = attack(*own_remove, Rule::kHandshakesSealed);
  EXPECT_EQ(fooled.stored_proposals().size(), 1u);
  EXPECT_EQ(judge_handshake({}), Rule::kHandshakesSealed);
  EXPECT_EQ(judge_handshake(ByteView(*own_remove).first(3)), Rule::kHandshakesSealed);
}

// (2) Eve holds the link of a room where a moderator lets people in, gets hold of a GroupInfo, and
// commits herself in, past the moderator.
TEST_F(OutsideAttacks, NobodyCommitsThemselvesIn) {
  RoomContext knock = test::room_of(ann_, 0);
  knock.join_policy = JoinPolicy::kKnock;
  found(knock);
  mls::GroupInfoOptions info;
  info.external_pub = true;
  const auto group_info = *ben_group_->group_info(info, random_);
  const test::Client eve("Eve", link_, random_);
  auto leaf_key = mls::SignatureKeyPair::generate(random_);
  mls::ExternalJoinOptions options;
  options.leaf_node = eve.leaf_for(leaf_key);
  options.psks = &eve.psk;
  options.psk_ids.emplace_back().psk_id = eve.psk.id();
  options.group.credential_policy = &anybody_;
  const auto joined =
      mls::Group::join_externally(group_info, std::move(options), std::move(leaf_key), random_);
  ASSERT_TRUE(joined) << name(joined.error());
  // It can travel as a PublicMessage only, which a room refuses anyway.
  EXPECT_EQ(judge_handshake(joined->commit), Rule::kHandshakesSealed);

  const Policy without = PolicyForTest::without(Rule::kNoExternalCommits, Rule::kHandshakesSealed);
  const auto fooled = attack(joined->commit, without, Rule::kHandshakesSealed);
  EXPECT_EQ(identity_in(fooled, 2).name, "Eve");
  EXPECT_TRUE(
      equal(fooled.epoch_authenticator().view(), joined->group.epoch_authenticator().view()));
  const mls::Bytes before = ann_group_.save();
  EXPECT_EQ(take(ann_group_, ann_, joined->commit, PolicyForTest::without(Rule::kHandshakesSealed))
                .broken,
            Rule::kNoExternalCommits);
  EXPECT_EQ(ann_group_.save(), before);
}

// (2) Eve asks to be added, from outside: whoever commits next would take her in.
TEST_F(OutsideAttacks, NobodyProposesThemselves) {
  const test::Client eve("Eve", link_, random_);
  const auto message =
      mls::propose_self(eve.key_package(), ann_group_.group_id(), ann_group_.epoch());
  ASSERT_TRUE(message);
  const Policy in_the_clear = PolicyForTest::without(Rule::kHandshakesSealed);
  const Policy without =
      PolicyForTest::without(Rule::kNoExternalProposals, Rule::kHandshakesSealed);
  auto fooled = attack(*message, without, Rule::kHandshakesSealed);
  commit(fooled, ann_, {test::psk_proposal(ann_)});
  ASSERT_TRUE(fooled.merge_pending_commit());
  EXPECT_EQ(identity_in(fooled, 2).name, "Eve");

  const mls::Bytes before = ann_group_.save();
  EXPECT_EQ(take(ann_group_, ann_, *message, in_the_clear).error, Error::kUnauthenticated);
  EXPECT_EQ(ann_group_.save(), before);
}

// (2) A moderator makes the bridge an external sender, who then throws people out.
TEST_F(OutsideAttacks, NobodyOutsideIsGivenASay) {
  RoomContext context = test::room_of(ann_, 0);
  context.moderators.push_back(ben_.identity.public_key());
  found(context);
  const auto bridge = mls::SignatureKeyPair::generate(random_);
  mls::ExternalSenders senders;
  senders.external_senders = {
      {mls::to_bytes(bridge.public_key()), mls::basic_credential(as_bytes("bridge"))}};
  const auto message = bens({{mls::GroupContextExtensions{
      {mls::make_extension(context), mls::make_extension(senders)}}}});
  const Policy say = PolicyForTest::without(Rule::kNoExternalProposals, Rule::kKnownExtensions);
  const auto fooled = attack(message, say, std::nullopt);

  // Where credentials are not looked at, the foreign extension is refused as such.
  const Policy lax = PolicyForTest::without(Rule::kNoExternalProposals);
  mls::Group ann = ann_without(lax);
  const mls::Bytes before = ann.save();
  EXPECT_EQ(take(ann, ann_, message, lax).broken, Rule::kKnownExtensions);
  EXPECT_EQ(ann.save(), before);

  const auto decree =
      mls::propose_externally(fooled.group_id(), fooled.epoch(), 0, bridge, {mls::Remove{{1}}});
  ASSERT_TRUE(decree);
  mls::GroupOptions options;
  options.credential_policy = &anybody_;
  auto told = *mls::Group::restore(fooled.save(), options);
  auto handled = told.handle(*decree);
  ASSERT_TRUE(handled);
  const auto& stored = std::get<mls::StoredProposal>(*handled);
  EXPECT_EQ(judge_proposal(stored.sender, *stored.proposal, lax), std::nullopt);
  EXPECT_EQ(judge_proposal(stored.sender, *stored.proposal), Rule::kNoExternalProposals);
}

// (2) Ben ends the group, so that all go on in another one, which he founds.
TEST_F(OutsideAttacks, TheGroupIsNotReinitialized) {
  mls::ReInit elsewhere;
  elsewhere.group_id = mls::to_bytes(as_bytes("elsewhere"));
  elsewhere.cipher_suite = ann_group_.cipher_suite();
  elsewhere.extensions = ann_group_.context().extensions;
  const auto fooled = attack(bens({{elsewhere}}), Rule::kNoReInit);
  EXPECT_FALSE(fooled.active());
  EXPECT_TRUE(ann_group_.active());
}

// (9) Ben's wish to be rid of Cem, in a commit that Ann makes for another reason.
TEST_F(OutsideAttacks, NobodysWordsStandInAnothersCommit) {
  let_cem_in();
  const auto message = ben_group_->propose({mls::Remove{{2}}}, {}, random_);
  ASSERT_TRUE(message);
  const Policy without = PolicyForTest::without(Rule::kProposalsByValue);
  mls::Group fooled = ann_without(without);
  ASSERT_TRUE(take(fooled, ann_, *message, without).taken());
  const auto anns = commit(fooled, ann_, mls::CommitOptions{});
  ASSERT_TRUE(fooled.merge_pending_commit());
  EXPECT_EQ(fooled.member_count(), 2u);

  EXPECT_EQ(take(ann_group_, ann_, *message).broken, Rule::kProposalsByValue);
  EXPECT_TRUE(ann_group_.stored_proposals().empty());
  commit(ann_group_, ann_, mls::CommitOptions{});
  ASSERT_TRUE(ann_group_.merge_pending_commit());
  EXPECT_EQ(ann_group_.member_count(), 3u);

  // Nor does anybody take such a commit.
  const mls::Bytes before = ben_group_->save();
  EXPECT_EQ(take(*ben_group_, ben_, anns.commit).broken, Rule::kProposalsByValue);
  EXPECT_EQ(ben_group_->save(), before);
}

}  // namespace
}  // namespace sotto::room
