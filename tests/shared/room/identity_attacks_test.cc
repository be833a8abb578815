// Attacks on who somebody is, with real messages (security profile, section 4).
#include <gtest/gtest.h>

#include "shared/room/attack_room.h"

namespace sotto::room {
namespace {

class IdentityAttacks : public test::AttackRoom {};

// Eve is in another room with Dan, and has his KeyPackage from there. She founds a group for this
// room's link, puts his leaf in, and welcomes Cem: Dan seems to sit there.
TEST_F(IdentityAttacks, ALeafOfAnotherRoomIsNobodyHere) {
  constexpr std::string_view kOtherRoom = "other-otter";
  for (const bool with_rule : {false, true}) {
    SCOPED_TRACE(with_rule);
    const Policy policy = with_rule ? Policy() : PolicyForTest::without(Rule::kIdentityRoom);
    const auto dan = Ed25519KeyPair::generate(random_);
    auto leaf_key = mls::SignatureKeyPair::generate(random_);
    mls::KeyPackageOptions options;
    options.leaf_node = cem_.leaf_for(leaf_key);
    options.leaf_node.credential = mls::basic_credential(
        encode(*vouch_for_leaf(dan, kOtherRoom, leaf_key.public_key(), "Dan", 99999, policy)));
    options.lifetime = {1000, 1600};
    const auto dans = *mls::generate_key_package(std::move(options), std::move(leaf_key), random_);

    test::Client eve("Eve", link_, random_);
    eve.policy = cem_.policy = policy;
    mls::Group trap = create_room(eve, test::room_of(eve, 0), anybody_);
    auto key_package = cem_.key_package();
    const auto welcome = commit(trap, eve,
                                {{mls::Add{dans.key_package}},
                                 {mls::Add{key_package.key_package}},
                                 test::psk_proposal(eve)});
    const IdentityPolicy identities(std::string(test::kRoomId), policy);
    const auto joined = join(welcome, key_package, cem_, &identities);
    ASSERT_EQ(joined.has_value(), !with_rule);
    if (with_rule) {
      EXPECT_EQ(joined.error(), Error::kUnauthenticated);
    } else {
      EXPECT_EQ(identity_in(*joined, 1).identity_key, dan.public_key());
    }
  }
}

// Ann's credential, of a KeyPackage that she once sent, on a leaf of Ben's friend.
TEST_F(IdentityAttacks, AnIdentityCannotBePutOnAnotherLeaf) {
  auto leaf_key = mls::SignatureKeyPair::generate(random_);
  mls::KeyPackageOptions options;
  options.leaf_node = cem_.leaf_for(leaf_key);
  options.leaf_node.credential = ann_.key_package().key_package.leaf_node.credential;
  options.lifetime = {1000, 1600};
  options.before_signing = [this](mls::KeyPackage& key_package) {
    return add_key_package_mac(cem_.keys.key_package_mac_key(), key_package);
  };
  const auto forged = *mls::generate_key_package(std::move(options), std::move(leaf_key), random_);
  const auto message = bens_add(forged);
  const auto fooled = attack(message, PolicyForTest::without(Rule::kIdentity), std::nullopt);
  EXPECT_EQ(identity_in(fooled, 2).identity_key, ann_.identity.public_key());
}

// Ben turns into somebody else, whom the room then takes for the one that it let in.
TEST_F(IdentityAttacks, ALeafDoesNotBecomeSomebodyElse) {
  const test::Client other("Ann's boss", link_, random_);
  auto leaf_key = mls::SignatureKeyPair::generate(random_);
  mls::CommitOptions options;
  options.leaf_node.credential = other.leaf_for(leaf_key).credential;
  options.leaf_node.signature_key = std::move(leaf_key);
  const auto message = commit(*ben_group_, ben_, std::move(options)).commit;
  const auto fooled = attack(message, PolicyForTest::without(Rule::kIdentityStays), std::nullopt);
  EXPECT_EQ(identity_in(fooled, 1).name, "Ann's boss");
  EXPECT_EQ(identity_in(ann_group_, 1).name, "Ben");
}

// A name that looks like Ann's, or that turns around what stands beside it.
TEST_F(IdentityAttacks, NamesThatLookLikeSomethingElseAreRefused) {
  for (const char* name : {"An\u200bn", "\u202ennA", " Ann", "Ann\n"}) {
    test::Client sly(name, link_, random_);
    sly.policy = PolicyForTest::without(Rule::kNames);
    const auto message = bens_add(sly.key_package());
    const auto fooled = attack(message, PolicyForTest::without(Rule::kNames), std::nullopt);
    EXPECT_EQ(identity_in(fooled, 2).name, name);
    found(room());
  }
}

}  // namespace
}  // namespace sotto::room
