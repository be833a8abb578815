#include "room/add_rules.h"

#include <algorithm>

#include "room/key_package_mac.h"
#include "room/moderators.h"
#include "room/room_link.h"

namespace sotto::room {
namespace {

using Verdict = std::optional<Rule>;

Verdict judge_psks(const CommitFacts& commit, const RoomView& room, const Policy& policy) {
  if (!policy.has(Rule::kPskForAdds)) return {};
  const auto& psks = commit.effects.psks;
  const auto id = link_psk_id(room.context.room_id, room.context.gen);
  const bool all_ours = std::all_of(psks.begin(), psks.end(), [&](const mls::PreSharedKeyId& psk) {
    return psk.psktype == mls::PskType::kExternal && equal(psk.psk_id, id);
  });
  const bool adds = !commit.effects.added.empty();
  if (!all_ours || psks.size() > 1 || (adds && psks.empty())) return Rule::kPskForAdds;
  return {};
}

// The identity gives up one leaf and takes another.
bool is_rejoin(const LeafIdentity& identity, const CommitFacts& commit) {
  const auto& removed = commit.effects.removed;
  return std::any_of(removed.begin(), removed.end(), [&](const mls::RemovedMember& member) {
    const auto former = identity_of(*member.leaf_node);
    return former && former->identity_key == identity.identity_key;
  });
}

Verdict judge_add(const mls::Add& add, const mls::Sender& sender, const CommitFacts& commit,
                  const RoomView& room, const Policy& policy) {
  const mls::KeyPackage& key_package = *add.key_package;
  if (auto broken = judge_key_package(key_package, room.key_package_mac_key, policy)) return broken;
  const auto identity = identity_of(key_package.leaf_node);
  if (!identity) return Rule::kIdentity;
  const auto after = room_context_of(commit.extensions_after);
  if (policy.has(Rule::kBanned) && (room.context.bans(identity->identity_key) ||
                                    (after && after->bans(identity->identity_key)))) {
    return Rule::kBanned;
  }
  if (!policy.has(Rule::kKnock) || room.context.join_policy == JoinPolicy::kOpen) return {};
  if (is_rejoin(*identity, commit)) return {};
  // Whose authority it is to let in, comes in by itself: it may be the only one who could.
  if (room.context.lists_moderator(identity->identity_key)) return {};
  const bool moderator = sender.sender_type == mls::SenderType::kMember &&
                         is_moderator(sender.leaf_index, room.context, room.roster, policy);
  if (room.context.join_policy == JoinPolicy::kKnock && moderator) return {};
  return Rule::kKnock;
}

}  // namespace

Verdict judge_key_package(const mls::KeyPackage& key_package, const Secret<32>& mac_key,
                          const Policy& policy) {
  if (policy.has(Rule::kKeyPackageMac) && !check_key_package_mac(mac_key, key_package)) {
    return Rule::kKeyPackageMac;
  }
  const mls::Lifetime& life = key_package.leaf_node.lifetime;
  if (policy.has(Rule::kKeyPackageLife) &&
      (life.not_after < life.not_before || life.not_after - life.not_before > kMaxKeyPackageLife)) {
    return Rule::kKeyPackageLife;
  }
  return {};
}

Verdict judge_adds(const CommitFacts& commit, const RoomView& room, const Policy& policy) {
  if (const auto broken = judge_psks(commit, room, policy)) return broken;
  for (const mls::CommittedProposal& proposal : commit.proposals) {
    const auto* add = proposal.proposal->as<mls::Add>();
    if (add == nullptr) continue;
    if (const auto broken = judge_add(*add, proposal.sender, commit, room, policy)) return broken;
  }
  return {};
}

}  // namespace sotto::room
