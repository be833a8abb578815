// People, KeyPackages and commits of an invented room, for tests of rules: made by hand, so that a
// test can make what no honest client would.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "crypto/ed25519.h"
#include "mls/wire/typed_extensions.h"
#include "room/commit_rules.h"
#include "room/identity.h"
#include "room/key_package_mac.h"
#include "room/room_link.h"
#include "support/seeded_random.h"

namespace sotto::room::test {

struct Person {
  std::shared_ptr<const Ed25519KeyPair> identity;
  std::shared_ptr<const Ed25519KeyPair> leaf_key;
  std::string name;
};

class RoomExample {
 public:
  RoomExample() {
    context.room_id = "room";
    context.gen = 3;
    members = {person("Ann"), person("Ben"), person("Cem")};
    context.moderators = {members[0].identity->public_key()};
    for (std::uint32_t i = 0; i < members.size(); ++i) {
      (void)roster.put({i}, leaf_of(members[i]), 0).has_value();
    }
  }

  std::shared_ptr<const Ed25519KeyPair> key() {
    return std::make_shared<const Ed25519KeyPair>(Ed25519KeyPair::generate(random));
  }
  Person person(const char* name) { return {key(), key(), name}; }

  mls::LeafNode leaf_of(const Person& who) const {
    mls::LeafNode leaf;
    leaf.signature_key = mls::to_bytes(who.leaf_key->public_key());
    leaf.credential = mls::Credential{
        mls::CredentialType::kBasic,
        mls::to_bytes(encode(*vouch_for_leaf(*who.identity, context.room_id,
                                             who.leaf_key->public_key(), who.name, 99999))),
        {}};
    leaf.capabilities.extensions = {kRoomContextExtension, kKeyPackageMacExtension};
    leaf.lifetime = {1000, 1600};
    return leaf;
  }

  mls::KeyPackage key_package_of(const Person& who, std::uint32_t gen) const {
    mls::KeyPackage key_package;
    key_package.leaf_node = leaf_of(who);
    (void)add_key_package_mac(keys_of(gen).key_package_mac_key(), key_package).has_value();
    return key_package;
  }
  mls::KeyPackage key_package_of(const Person& who) const {
    return key_package_of(who, context.gen);
  }

  LinkKeys keys_of(std::uint32_t gen) const {
    return *LinkKeys::from(std::vector<std::uint8_t>(32, static_cast<std::uint8_t>(gen)),
                           context.room_id, gen);
  }

  RoomContext context;
  std::vector<Person> members;  // in their leaves 0, 1, 2
  Roster roster;
  sotto::test::SeededRandom random{7};
};

// A commit as the group would stage it.
class CommitExample {
 public:
  explicit CommitExample(const RoomExample& room, std::uint32_t committer = 1)
      : room_(room), committer_{committer}, extensions_{mls::make_extension(room.context)} {}

  CommitExample& add(const mls::KeyPackage& key_package) { return add(key_package, committer_); }
  CommitExample& add(const mls::KeyPackage& key_package, mls::LeafIndex sender) {
    effects_.added.push_back({{static_cast<std::uint32_t>(9 + effects_.added.size())},
                              proposals_.size(),
                              std::make_shared<mls::LeafNode>(key_package.leaf_node)});
    return propose({mls::Add{key_package}}, sender);
  }
  CommitExample& psk() { return psk(room_.context.gen); }
  CommitExample& psk(std::uint32_t gen) {
    mls::PreSharedKeyId id;
    id.psk_id = mls::to_bytes(link_psk_id(room_.context.room_id, gen));
    return psk(id);
  }
  CommitExample& psk(const mls::PreSharedKeyId& id) {
    effects_.psks.push_back(id);
    return propose({mls::PreSharedKey{id}}, committer_);
  }
  CommitExample& remove(std::uint32_t leaf) {
    effects_.removed.push_back(
        {{leaf}, std::make_shared<mls::LeafNode>(room_.leaf_of(room_.members[leaf]))});
    return propose({mls::Remove{{leaf}}}, committer_);
  }
  CommitExample& change(const RoomContext& context) { return change(context, committer_); }
  CommitExample& change(const RoomContext& context, mls::LeafIndex sender) {
    extensions_ = {mls::make_extension(context)};
    return propose({mls::GroupContextExtensions{extensions_}}, sender);
  }
  CommitExample& update(std::uint32_t leaf, const mls::LeafNode& after) {
    effects_.updated.push_back({{leaf},
                                std::make_shared<mls::LeafNode>(room_.leaf_of(room_.members[leaf])),
                                std::make_shared<mls::LeafNode>(after)});
    return *this;
  }
  CommitExample& propose(mls::Proposal proposal, mls::LeafIndex sender, bool by_reference = false) {
    return propose(std::move(proposal), mls::Sender{mls::SenderType::kMember, sender, 0},
                   by_reference);
  }
  CommitExample& propose(mls::Proposal proposal, mls::Sender sender, bool by_reference = false) {
    proposals_.push_back({sender,
                          by_reference ? mls::Bytes(32, 1) : mls::Bytes(),
                          std::make_shared<mls::Proposal>(std::move(proposal)),
                          {}});
    return *this;
  }
  CommitExample& from_outside() {
    external_ = true;
    return *this;
  }

  std::optional<Rule> judge(const Policy& policy = {}) const {
    const Secret<32> mac_key = room_.keys_of(room_.context.gen).key_package_mac_key();
    return judge_commit({committer_, external_, proposals_, effects_, extensions_},
                        {room_.context, room_.roster, mac_key}, policy);
  }

 private:
  const RoomExample& room_;
  mls::LeafIndex committer_;
  bool external_ = false;
  std::vector<mls::CommittedProposal> proposals_;
  mls::CommitEffects effects_;
  mls::Extensions extensions_;
};

}  // namespace sotto::room::test
