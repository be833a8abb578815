// A room under attack: Ann and Ben are in it, by real Welcomes. Ben, whose client takes whatever
// RFC 9420 does, attacks; Ann's client keeps to the room's rules, and so does a copy of it but for
// the one rule that is left out.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "shared/room/mls_room.h"

namespace sotto::room::test {

class AnyCredential : public mls::CredentialPolicy {
 public:
  bool accepts_new_member_proposal(const mls::KeyPackage&) const override { return true; }
};

// What became of a handshake message: refused by MLS (the credential policy included), or by a rule
// of the room, or taken.
struct Fate {
  std::optional<Error> error;
  std::optional<Rule> broken;
  bool taken() const { return !error && !broken; }
};

class AttackRoom : public ::testing::Test {
 protected:
  explicit AttackRoom(std::uint32_t gen = 0) : link_(link_of(7, gen)) { found(room_of(ann_, gen)); }

  // The room begins anew, as Ann founds it.
  void found(const RoomContext& context) {
    ben_group_.reset();
    ann_group_ = create_room(ann_, context, identities_);
    auto key_package = ben_.key_package();
    const auto messages =
        commit(ann_group_, ann_, {{mls::Add{key_package.key_package}}, psk_proposal(ann_)});
    ASSERT_TRUE(ann_group_.merge_pending_commit());
    auto joined = join(messages, key_package, ben_, &anybody_);
    ASSERT_TRUE(joined) << name(joined.error());
    ben_group_.emplace(*std::move(joined));
  }

  Result<mls::Group> join(const mls::CommitMessages& messages, mls::OwnKeyPackage& key_package,
                          const Client& client, const mls::CredentialPolicy* identities,
                          const LinkPsk* psk = nullptr) const {
    mls::JoinOptions options;
    options.psks = psk != nullptr ? psk : &client.psk;
    options.group.credential_policy = identities;
    return mls::Group::join(messages.welcomes.at(0).message, key_package, options);
  }

  mls::CommitMessages commit(mls::Group& group, const Client& client,
                             std::vector<mls::Proposal> proposals) {
    mls::CommitOptions options;
    options.proposals = std::move(proposals);
    return commit(group, client, std::move(options));
  }
  mls::CommitMessages commit(mls::Group& group, const Client& client, mls::CommitOptions options) {
    options.psks = &client.psk;
    auto messages = group.commit(std::move(options), random_);
    EXPECT_TRUE(messages) << (messages ? "" : name(messages.error()));
    return messages ? *std::move(messages) : mls::CommitMessages{};
  }
  // Ben's.
  mls::Bytes bens(std::vector<mls::Proposal> proposals) {
    return commit(*ben_group_, ben_, std::move(proposals)).commit;
  }
  mls::Bytes bens_add(const mls::OwnKeyPackage& key_package) {
    return bens({{mls::Add{key_package.key_package}}, psk_proposal(ben_)});
  }

  // What a client does with a handshake message.
  static Fate take(mls::Group& group, const Client& client, ByteView message,
                   const Policy& policy = {}) {
    if (auto broken = judge_handshake(message, policy)) return {{}, broken};
    mls::HandleOptions options;
    options.psks = &client.psk;
    auto handled = group.handle(message, options);
    if (!handled) return {handled.error(), {}};
    if (const auto* stored = std::get_if<mls::StoredProposal>(&*handled)) {
      const auto broken = judge_proposal(stored->sender, *stored->proposal, policy);
      if (broken) {
        EXPECT_TRUE(group.drop_proposal(stored->reference));
      }
      return {{}, broken};
    }
    auto* staged = std::get_if<mls::StagedCommit>(&*handled);
    if (staged == nullptr) return {Error::kMalformed, {}};
    if (auto broken = judge(group, *staged, client.keys, policy)) return {{}, broken};
    auto applied = group.apply(std::move(*staged));
    return applied ? Fate{} : Fate{applied.error(), {}};
  }

  // Ann as she would be without a rule.
  mls::Group ann_without(const Policy& policy) {
    lax_.push_back(std::make_unique<IdentityPolicy>(std::string(kRoomId), policy));
    mls::GroupOptions options;
    options.credential_policy = lax_.back().get();
    auto restored = mls::Group::restore(ann_group_.save(), options);
    EXPECT_TRUE(restored);
    return *std::move(restored);
  }

  // Without the rule the attack succeeds: the group that Ann is left with then. The real thing
  // refuses it, by this rule or (nothing) where the credentials are looked at, and stays as it was.
  mls::Group attack(ByteView message, const Policy& without, std::optional<Rule> refused_by) {
    const mls::Bytes before = ann_group_.save();
    mls::Group fooled = ann_without(without);
    const Fate naive = take(fooled, ann_, message, without);
    EXPECT_FALSE(naive.error) << name(*naive.error) << ": the attack has another mistake in it";
    EXPECT_EQ(naive.broken, std::nullopt) << "the attack has another mistake in it";
    const Fate real = take(ann_group_, ann_, message);
    EXPECT_EQ(real.broken, refused_by);
    if (!refused_by) {
      EXPECT_EQ(real.error, Error::kUnauthenticated);
    }
    EXPECT_EQ(ann_group_.save(), before);
    return fooled;
  }
  mls::Group attack(ByteView message, Rule rule) {
    return attack(message, PolicyForTest::without(rule), rule);
  }

  RoomContext room() const { return *room_context_of(ann_group_.context().extensions); }
  static mls::Proposal change(const RoomContext& context) {
    return {mls::GroupContextExtensions{{mls::make_extension(context)}}};
  }
  static LeafIdentity identity_in(const mls::Group& group, std::uint32_t leaf) {
    return *identity_of(*group.leaf_node({leaf}));
  }

  sotto::test::SeededRandom random_{1};
  RoomLink link_;
  Client ann_{"Ann", link_, random_};
  Client ben_{"Ben", link_, random_};
  Client cem_{"Cem", link_, random_};
  IdentityPolicy identities_{std::string(kRoomId)};
  AnyCredential anybody_;
  std::vector<std::unique_ptr<IdentityPolicy>> lax_;
  mls::Group ann_group_ = create_room(ann_, room_of(ann_, link_.gen), identities_);
  std::optional<mls::Group> ben_group_;
};

}  // namespace sotto::room::test
