// Attacks on who may come in, with real messages (security profile, sections 2 and 6).
#include <gtest/gtest.h>

#include "room/used_key_packages.h"
#include "shared/room/attack_room.h"

namespace sotto::room {
namespace {

constexpr std::uint64_t kNow = 1100;

class AdmissionAttacks : public test::AttackRoom {
 protected:
  // Ann lets somebody in, as whoever commits does: with a look at what was used, and at the clock.
  Result<mls::CommitMessages> admit(UsedKeyPackages& used, mls::Group& group,
                                    const mls::OwnKeyPackage& key_package, std::uint64_t now) {
    const mls::Lifetime& lifetime = key_package.key_package.leaf_node.lifetime;
    TRY_VOID(used.check(key_package.reference(), lifetime, 99999, now));
    auto messages =
        commit(group, ann_, {{mls::Add{key_package.key_package}}, test::psk_proposal(ann_)});
    EXPECT_TRUE(group.merge_pending_commit());
    used.use(key_package.reference(), lifetime, lifetime.not_before);
    return messages;
  }
  // Eve holds the link, and founds a group of her own.
  mls::CommitMessages trap(const RoomContext& context, const mls::OwnKeyPackage& victim,
                           int psks = 1, const mls::Extensions& further = {}) {
    mls::Group group = create_room(eve_, context, anybody_);
    std::vector<mls::Proposal> proposals = {{mls::Add{victim.key_package}}};
    for (int i = 0; i < psks; ++i) proposals.push_back(test::psk_proposal(eve_));
    mls::Extensions extensions = {mls::make_extension(context)};
    extensions.insert(extensions.end(), further.begin(), further.end());
    proposals.push_back({mls::GroupContextExtensions{extensions}});
    return commit(group, eve_, std::move(proposals));
  }
  // Cem looks at the Welcome. The real thing throws the group away, by `rule`.
  void expect_not_joined(const mls::CommitMessages& welcome, mls::OwnKeyPackage& key_package,
                         const mls::CredentialPolicy& identities, Rule rule) {
    const LinkPsk psk(test::kRoomId, 0, cem_.keys.psk());
    const auto joined = join(welcome, key_package, cem_, &identities, &psk);
    ASSERT_TRUE(joined) << name(joined.error());
    const auto& extensions = joined->context().extensions;
    EXPECT_EQ(judge_welcome(extensions, test::kRoomId, 0, psk), rule);
    EXPECT_EQ(judge_welcome(extensions, test::kRoomId, 0, psk, PolicyForTest::without(rule)),
              std::nullopt);
  }

  test::Client eve_{"Eve", link_, random_};
};

// (2) A KeyPackage that is good for a year can be put in whenever its keys are known.
TEST_F(AdmissionAttacks, AKeyPackageMadeToLastIsRefused) {
  cem_.lifetime = {1000, 1000 + 365 * 24 * 3600};
  const auto lasting = cem_.key_package();
  const auto fooled = attack(bens_add(lasting), Rule::kKeyPackageLife);
  EXPECT_EQ(fooled.member_count(), 3u);
}

// (2) The bridge holds a KeyPackage back, and hands it on when its owner has long gone.
TEST_F(AdmissionAttacks, AKeyPackageHeldBackIsNotUsed) {
  const auto held_back = cem_.key_package();
  constexpr std::uint64_t kNextDay = kNow + 24 * 3600;
  UsedKeyPackages lax(PolicyForTest::without(Rule::kKeyPackageLife)), real;
  mls::Group fooled = ann_without({});
  ASSERT_TRUE(admit(lax, fooled, held_back, kNextDay));
  EXPECT_EQ(identity_in(fooled, 2).name, "Cem") << "who is not there";
  const mls::Bytes before = ann_group_.save();
  EXPECT_EQ(admit(real, ann_group_, held_back, kNextDay).error(), Error::kExpired);
  EXPECT_EQ(ann_group_.save(), before);
}

// (2) Cem came and went; the bridge hands out his KeyPackage again.
TEST_F(AdmissionAttacks, AKeyPackageIsNotUsedTwice) {
  for (const bool with_rule : {false, true}) {
    SCOPED_TRACE(with_rule);
    found(test::room_of(ann_, 0));
    UsedKeyPackages used(with_rule ? Policy() : PolicyForTest::without(Rule::kKeyPackageOnce));
    const auto key_package = cem_.key_package();
    ASSERT_TRUE(admit(used, ann_group_, key_package, kNow));
    commit(ann_group_, ann_, {{mls::Remove{{2}}}});
    ASSERT_TRUE(ann_group_.merge_pending_commit());
    const mls::Bytes before = ann_group_.save();
    const auto again = admit(used, ann_group_, key_package, kNow + 60);
    EXPECT_EQ(again.has_value(), !with_rule);
    EXPECT_EQ(ann_group_.member_count(), with_rule ? 2u : 3u);
    if (with_rule) {
      EXPECT_EQ(ann_group_.save(), before);
    }
  }
}

// (6) Ben lets somebody in, though it is for the moderator to say who comes; or nobody should.
TEST_F(AdmissionAttacks, NobodyLetsPeopleInPastTheModerator) {
  for (const JoinPolicy policy : {JoinPolicy::kKnock, JoinPolicy::kLocked}) {
    RoomContext closed = test::room_of(ann_, 0);
    closed.join_policy = policy;
    found(closed);
    const auto fooled = attack(bens_add(cem_.key_package()), Rule::kKnock);
    EXPECT_EQ(identity_in(fooled, 2).name, "Cem");
  }
}

TEST_F(AdmissionAttacks, TheBannedAreNotLetInByAFriend) {
  RoomContext context = test::room_of(ann_, 0);
  context.banned = {cem_.identity.public_key()};
  found(context);
  const auto fooled = attack(bens_add(cem_.key_package()), Rule::kBanned);
  EXPECT_EQ(identity_in(fooled, 2).identity_key, cem_.identity.public_key());
}

// (2) Eve has seen Cem's KeyPackage, and welcomes him into a room of another name, or one of a link
// that has ended, where the kicked sit.
TEST_F(AdmissionAttacks, AJoinerIsNotLedIntoAnotherRoom) {
  RoomContext other = test::room_of(eve_, 0);
  other.room_id = "other-otter";
  RoomContext old = test::room_of(eve_, 7);
  for (const RoomContext& context : {other, old}) {
    auto key_package = cem_.key_package();
    expect_not_joined(trap(context, key_package), key_package, identities_, Rule::kJoinerRoom);
  }
}

// (2) The PSK twice, under two nonces, which RFC 9420 allows: no honest committer does that.
TEST_F(AdmissionAttacks, AJoinerWantsThePskExactlyOnce) {
  for (const int psks : {0, 2}) {
    auto key_package = cem_.key_package();
    expect_not_joined(trap(test::room_of(eve_, 0), key_package, psks), key_package, identities_,
                      Rule::kJoinerPsk);
  }
  const auto twice = commit(*ben_group_, ben_,
                            {{mls::Add{cem_.key_package().key_package}},
                             test::psk_proposal(ben_),
                             test::psk_proposal(ben_)});
  attack(twice.commit, Rule::kPskForAdds);
}

// (2) The group has the bridge as an external sender, who may propose to remove and to add. Where
// that alone were allowed, the extension would still be a foreign one.
TEST_F(AdmissionAttacks, AJoinerStaysInNoGroupWithForeignExtensions) {
  const auto bridge = mls::SignatureKeyPair::generate(random_);
  mls::ExternalSenders senders;
  senders.external_senders = {
      {mls::to_bytes(bridge.public_key()), mls::basic_credential(as_bytes("bridge"))}};
  auto key_package = cem_.key_package();
  const auto welcome = trap(test::room_of(eve_, 0), key_package, 1, {mls::make_extension(senders)});
  EXPECT_EQ(join(welcome, key_package, cem_, &identities_).error(), Error::kUnauthenticated);
  const IdentityPolicy lax(std::string(test::kRoomId),
                           PolicyForTest::without(Rule::kNoExternalProposals));
  expect_not_joined(welcome, key_package, lax, Rule::kKnownExtensions);
}

}  // namespace
}  // namespace sotto::room
