#include "room/roster.h"

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
  for (const mls::RemovedMember& removed : effects.removed) members_.erase(removed.leaf);
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

Result<void> Roster::put(mls::LeafIndex leaf, const mls::LeafNode& leaf_node, std::uint64_t epoch) {
  TRY(LeafIdentity identity, identity_of(leaf_node));
  members_[leaf] = {std::move(identity), leaf_node.signature_key, epoch};
  return {};
}

}  // namespace sotto::room
