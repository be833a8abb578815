// Who is in the room: the members of the MLS group, under the identities of their leaves. Never the
// bridge's list.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "base/result.h"
#include "mls/group/group.h"
#include "mls/group/staged_commit.h"
#include "room/identity.h"

namespace sotto::room {

struct RosterMember {
  LeafIdentity identity;
  mls::Bytes signature_key;       // of its leaf
  std::uint64_t since_epoch = 0;  // the first epoch in which I have seen this leaf
};

class Roster {
 public:
  using Members = std::map<mls::LeafIndex, RosterMember>;

  // Of Group::members() of a group that I created or joined. An error when a leaf has no credential
  // of ours, which the group's credential policy has refused before.
  static Result<Roster> of(std::span<const mls::Member> members, std::uint64_t epoch);

  // After a commit. `epoch` is the new one.
  Result<void> apply(const mls::CommitEffects& effects, std::uint64_t epoch);

  const RosterMember* find(mls::LeafIndex leaf) const;
  const Members& members() const { return members_; }
  // Where an identity sits; more than one leaf while it changes from one to another.
  std::vector<mls::LeafIndex> leaves_of(const IdentityKey& key) const;
  std::size_t size() const { return members_.size(); }

  Result<void> put(mls::LeafIndex leaf, const mls::LeafNode& leaf_node, std::uint64_t epoch);

 private:
  void erase(mls::LeafIndex leaf);

  Members members_;
  std::multimap<IdentityKey, mls::LeafIndex> leaves_;
};

// The identity that a leaf node claims; structure alone.
Result<LeafIdentity> identity_of(const mls::LeafNode& leaf_node);

}  // namespace sotto::room
