#include "room/roster.h"

#include <algorithm>

namespace sotto::room {

Result<LeafIdentity> identity_of(const mls::LeafNode& leaf_node) {
  if (leaf_node.credential.credential_type != mls::CredentialType::kBasic) {
    return fail(Error::kUnsupported);
  }
  return decode_leaf_identity(leaf_node.credential.identity);
}

Result<Roster> Roster::of(std::span<const mls::Member> members, std::uint64_t epoch) {
  Roster roster;
  for (const mls::Member& member : members) {
    TRY_VOID(roster.put(member.leaf, *member.leaf_node, epoch));
  }
  return roster;
}

Result<void> Roster::apply(const mls::CommitEffects& effects, std::uint64_t epoch) {
  for (const mls::RemovedMember& removed : effects.removed) erase(removed.leaf);
  for (const mls::UpdatedMember& updated : effects.updated) {
    const RosterMember* before = find(updated.leaf);
    TRY_VOID(put(updated.leaf, *updated.after, before != nullptr ? before->since_epoch : epoch));
  }
  for (const mls::AddedMember& added : effects.added) {
    TRY_VOID(put(added.leaf, *added.leaf_node, epoch));
  }
  return {};
}

const RosterMember* Roster::find(mls::LeafIndex leaf) const {
  const auto found = members_.find(leaf);
  return found == members_.end() ? nullptr : &found->second;
}

std::vector<mls::LeafIndex> Roster::leaves_of(const IdentityKey& key) const {
  std::vector<mls::LeafIndex> leaves;
  const auto [begin, end] = leaves_.equal_range(key);
  for (auto it = begin; it != end; ++it) leaves.push_back(it->second);
  return leaves;
}

void Roster::erase(mls::LeafIndex leaf) {
  const auto found = members_.find(leaf);
  if (found == members_.end()) return;
  const auto [begin, end] = leaves_.equal_range(found->second.identity.identity_key);
  const auto at = std::find_if(begin, end, [&](const auto& entry) { return entry.second == leaf; });
  if (at != end) leaves_.erase(at);
  members_.erase(found);
}

Result<void> Roster::put(mls::LeafIndex leaf, const mls::LeafNode& leaf_node, std::uint64_t epoch) {
  TRY(LeafIdentity && identity, identity_of(leaf_node));
  erase(leaf);
  leaves_.emplace(identity.identity_key, leaf);
  members_[leaf] = {std::move(identity), leaf_node.signature_key, epoch};
  return {};
}

}  // namespace sotto::room
