// A commit that is valid in every respect that RFC 9420 knows of, and has not been applied: the
// application looks at it and then applies or drops it. Dropping it leaves the group as it was.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "mls/bytes.h"
#include "mls/wire/framed_content.h"
#include "mls/wire/group_context.h"
#include "mls/wire/leaf_node.h"
#include "mls/wire/proposal.h"

namespace sotto::mls {

struct StagedState;  // the epoch to be; group_state.h

// One entry of the commit's list. Where it went by reference, `sender` is the proposal's own
// sender.
struct CommittedProposal {
  Sender sender;
  Bytes reference;  // its ProposalRef; empty where it went by value
  std::shared_ptr<const Proposal> proposal;
  Bytes authenticated_data;  // of the proposal's own message; empty where it went by value
};

inline constexpr std::size_t kNoProposal = static_cast<std::size_t>(-1);

struct AddedMember {
  LeafIndex leaf;
  // The place of its Add among the proposals; an external joiner has none.
  std::size_t proposal = kNoProposal;
  std::shared_ptr<const LeafNode> leaf_node;
};

struct RemovedMember {
  LeafIndex leaf;
  std::shared_ptr<const LeafNode> leaf_node;  // as it was
};

// By its Update, or by the commit's path.
struct UpdatedMember {
  LeafIndex leaf;
  std::shared_ptr<const LeafNode> before;
  std::shared_ptr<const LeafNode> after;
};

// What a commit does; a staged one's preview and an applied one's report are the same.
struct CommitEffects {
  std::vector<AddedMember> added;
  std::vector<RemovedMember> removed;
  std::vector<UpdatedMember> updated;
  std::vector<PreSharedKeyId> psks;  // in the order of their proposals
  std::optional<ReInit> reinit;      // the group is over: section 11.2
  bool self_removed = false;         // no later message can be read or sent
  bool extensions_changed = false;   // of the GroupContext
};

// A commit that is valid as far as every member can tell, but whose path does not open here: an
// insider can do that to some of the members. What of it can be judged without its secrets; the
// confirmation_tag is not known to be right.
struct UnopenedPath {
  LeafIndex committer;
  bool external = false;
  std::vector<CommittedProposal> proposals;
  CommitEffects effects;
  Extensions extensions_after;  // of the GroupContext
};

class StagedCommit {
 public:
  explicit StagedCommit(std::unique_ptr<StagedState> state);
  StagedCommit(StagedCommit&&) noexcept;
  StagedCommit& operator=(StagedCommit&&) noexcept;
  ~StagedCommit();

  const Sender& sender() const;  // member, or new_member_commit
  LeafIndex committer() const;   // for an external commit, the leaf that it takes
  bool external() const;
  bool has_path() const;
  const Bytes& authenticated_data() const;
  const std::vector<CommittedProposal>& proposals() const;  // in the commit's order
  const CommitEffects& effects() const;
  // The committer's leaf before and after; null where there is none (an external joiner's `before`
  // is the leaf that it removes, if any; without a path both are null).
  const LeafNode* path_leaf_before() const;
  const LeafNode* path_leaf_after() const;
  const GroupContext& before() const;
  // Of the epoch to come. When it removes me, I cannot know that its confirmation_tag is right.
  const GroupContext& after() const;

 private:
  friend class Group;
  std::unique_ptr<StagedState> state_;
};

}  // namespace sotto::mls
