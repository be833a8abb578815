// A room of real MLS groups, for attacks with real messages: members who keep to the room's rules
// (but for those that a test leaves out), and whatever a test makes itself.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "mls/group/group.h"
#include "room/add_rules.h"
#include "room/commit_rules.h"
#include "room/identity_policy.h"
#include "room/key_package_mac.h"
#include "room/room_link.h"
#include "room/welcome_rules.h"
#include "support/policy_for_test.h"
#include "support/seeded_random.h"

namespace sotto::room::test {

inline constexpr std::string_view kRoomId = "quiet-otter";

inline RoomLink link_of(std::uint8_t secret, std::uint32_t gen) {
  RoomLink link;
  link.gen = gen;
  link.secret.writable()[0] = secret;
  return link;
}

// What a client brings along, link included or not.
struct Client {
  explicit Client(std::string client_name, const RoomLink& link, RandomSource& source)
      : name(std::move(client_name)),
        identity(Ed25519KeyPair::generate(source)),
        keys(*link_keys(link, kRoomId)),
        psk(kRoomId, link.gen, keys.psk()),
        random(source) {}

  mls::LeafNodeOptions leaf_for(const mls::SignatureKeyPair& leaf_key) const {
    mls::LeafNodeOptions leaf;
    leaf.credential = mls::basic_credential(
        encode(*vouch_for_leaf(identity, kRoomId, leaf_key.public_key(), name, 99999, policy)));
    leaf.capabilities.extensions = {kRoomContextExtension, kKeyPackageMacExtension};
    return leaf;
  }

  mls::OwnKeyPackage key_package(bool with_mac = true) const {
    auto leaf_key = mls::SignatureKeyPair::generate(random);
    mls::KeyPackageOptions options;
    options.leaf_node = leaf_for(leaf_key);
    options.lifetime = lifetime;
    if (with_mac) {
      options.before_signing = [this](mls::KeyPackage& key_package) {
        return add_key_package_mac(keys.key_package_mac_key(), key_package);
      };
    }
    return *mls::generate_key_package(std::move(options), std::move(leaf_key), random);
  }

  std::string name;
  Ed25519KeyPair identity;
  LinkKeys keys;
  LinkPsk psk;
  RandomSource& random;
  mls::Lifetime lifetime{1000, 1600};
  Policy policy;  // of what it says about itself
};

inline mls::Group create_room(const Client& creator, const RoomContext& context,
                              const mls::CredentialPolicy& identities) {
  auto leaf_key = mls::SignatureKeyPair::generate(creator.random);
  mls::CreateOptions options;
  options.group_id = mls::to_bytes(as_bytes("group"));
  options.extensions = {mls::make_extension(context)};
  options.leaf_node = creator.leaf_for(leaf_key);
  options.lifetime = {1000, 1600};
  options.group.credential_policy = &identities;
  return *mls::Group::create(std::move(options), std::move(leaf_key), creator.random);
}

inline RoomContext room_of(const Client& moderator, std::uint32_t gen) {
  RoomContext context;
  context.room_id = kRoomId;
  context.gen = gen;
  context.moderators = {moderator.identity.public_key()};
  return context;
}

inline mls::Proposal psk_proposal(const Client& client) {
  mls::PreSharedKeyId id;
  id.psk_id = client.psk.id();
  return {mls::PreSharedKey{id}};
}

// By the rules of the room: what an honest client does with a commit before it applies it.
inline std::optional<Rule> judge(const mls::Group& group, const mls::StagedCommit& staged,
                                 const LinkKeys& keys, const Policy& policy = {}) {
  const auto members = group.members();
  const Roster roster = *Roster::of(members, group.epoch());
  const RoomContext context = *room_context_of(group.context().extensions);
  const Secret<32> mac_key = keys.key_package_mac_key();
  return judge_commit(CommitFacts::of(staged), {context, roster, mac_key}, policy);
}

}  // namespace sotto::room::test
