// A few people in a group, each with its own view of it, and what tests do with them.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "mls/group/group.h"
#include "mls/group/group_state.h"
#include "mls/group/saved_state.h"
#include "mls/keys/hash.h"
#include "support/seeded_random.h"

namespace sotto::mls {

struct GroupAccess {
  static GroupState& state(Group& group) { return *group.state_; }
};

// Over everything that a group holds: its saved state has it all but the pending commit.
inline HashValue digest_of(Group& group) {
  const GroupState& state = GroupAccess::state(group);
  HashValue pending{};
  if (state.pending) pending = state.pending->message_hash;
  return hash({save_state(state), pending});
}

inline constexpr CipherSuite kSuite = CipherSuite::kX25519ChaCha20Poly1305Sha256Ed25519;
inline constexpr ExtensionType kOurExtension{0xf5a0};

inline LeafNodeOptions leaf_of(std::string_view name) {
  LeafNodeOptions options;
  options.credential = basic_credential(as_bytes(name));
  options.capabilities.extensions.push_back(kOurExtension);
  return options;
}

inline OwnKeyPackage key_package_of(std::string_view name, RandomSource& random,
                                    KeyPackageOptions options = {}) {
  options.leaf_node = leaf_of(name);
  options.lifetime = {1000, 2000};
  auto made = generate_key_package(std::move(options), SignatureKeyPair::generate(random), random);
  EXPECT_TRUE(made.has_value());
  return *std::move(made);
}

inline Group create_group_of(std::string_view name, RandomSource& random, GroupOptions options = {},
                             Extensions extensions = {}) {
  CreateOptions create;
  create.group_id = to_bytes(as_bytes("some group"));
  create.leaf_node = leaf_of(name);
  create.lifetime = {1000, 2000};
  create.group = options;
  create.extensions = std::move(extensions);
  auto group = Group::create(std::move(create), SignatureKeyPair::generate(random), random);
  EXPECT_TRUE(group.has_value());
  return *std::move(group);
}

// Hands a commit to somebody, who must find it valid and takes it.
inline CommitEffects take(Group& group, ByteView commit, const HandleOptions& options = {}) {
  auto handled = group.handle(commit, options);
  if (!handled) {
    ADD_FAILURE() << "refused: " << name(handled.error());
    return {};
  }
  if (std::holds_alternative<OwnCommit>(*handled)) {
    auto merged = group.merge_pending_commit();
    EXPECT_TRUE(merged.has_value());
    return *merged;
  }
  auto* staged = std::get_if<StagedCommit>(&*handled);
  EXPECT_NE(staged, nullptr);
  auto applied = group.apply(std::move(*staged));
  EXPECT_TRUE(applied.has_value());
  return *applied;
}

inline Proposal add_of(const OwnKeyPackage& key_package) {
  return {Add{key_package.key_package}};
}
inline Proposal remove_of(std::uint32_t leaf) {
  return {Remove{LeafIndex{leaf}}};
}
inline Proposal psk_of(std::string_view id, std::uint8_t nonce = 1) {
  PreSharedKey psk;
  psk.psk.psk_id = to_bytes(as_bytes(id));
  psk.psk.psk_nonce.assign(kNh, nonce);
  return {psk};
}

// The first is the creator; the others joined by one commit, in the order of their leaves.
class SomeGroup {
 public:
  explicit SomeGroup(std::size_t size, GroupOptions options = {}, Extensions extensions = {})
      : options_(options) {
    members_.push_back(create_group_of("member 0", random_, options, std::move(extensions)));
    std::vector<OwnKeyPackage> joiners;
    CommitOptions commit;
    for (std::size_t i = 1; i < size; ++i) {
      joiners.push_back(key_package_of("member " + std::to_string(i), random_));
      commit.proposals.push_back(add_of(joiners.back()));
    }
    if (size == 1) return;
    auto messages = members_[0].commit(std::move(commit), random_);
    EXPECT_TRUE(messages.has_value());
    EXPECT_TRUE(members_[0].merge_pending_commit().has_value());
    for (OwnKeyPackage& joiner : joiners) join(joiner, messages->welcomes[0].message);
  }

  Group& operator[](std::size_t i) { return members_[i]; }
  std::size_t size() const { return members_.size(); }
  RandomSource& random() { return random_; }

  void join(OwnKeyPackage& joiner, ByteView welcome) {
    JoinOptions join;
    join.group = options_;
    auto group = Group::join(welcome, joiner, join);
    EXPECT_TRUE(group.has_value()) << (group ? "" : name(group.error()));
    if (group) members_.push_back(*std::move(group));
  }

  // One member's commit, taken by all.
  CommitMessages commit(std::size_t i, CommitOptions options = {}, HandleOptions handling = {}) {
    auto messages = members_[i].commit(std::move(options), random_);
    EXPECT_TRUE(messages.has_value()) << (messages ? "" : name(messages.error()));
    if (!messages) return {};
    for (Group& member : members_) take(member, messages->commit, handling);
    return *std::move(messages);
  }

  // One member's proposal, stored by all.
  Bytes propose(std::size_t i, Proposal proposal) {
    auto message = members_[i].propose(std::move(proposal), {}, random_);
    EXPECT_TRUE(message.has_value());
    deliver_proposal(i, *message);
    return *message;
  }
  void deliver_proposal(std::size_t sender, ByteView message) {
    for (std::size_t i = 0; i < members_.size(); ++i) {
      if (i == sender) continue;
      EXPECT_TRUE(members_[i].handle(message).has_value());
    }
  }

  void expect_agreement() {
    for (Group& member : members_) {
      EXPECT_EQ(member.epoch(), members_[0].epoch());
      EXPECT_TRUE(
          equal(member.epoch_authenticator().view(), members_[0].epoch_authenticator().view()));
    }
  }

 private:
  test::SeededRandom random_{1};
  GroupOptions options_;
  std::vector<Group> members_;
};

// Refused, for this reason, and everything is as it was.
inline void expect_refused(Group& group, ByteView message, Error error,
                           const HandleOptions& options = {}) {
  HashValue before = digest_of(group);
  auto handled = group.handle(message, options);
  ASSERT_FALSE(handled.has_value());
  EXPECT_EQ(handled.error(), error) << name(handled.error());
  EXPECT_EQ(digest_of(group), before);
}

}  // namespace sotto::mls
