// The list of proposals of a commit (RFC 9420 section 12.2).
#pragma once

#include <vector>

#include "base/result.h"
#include "mls/group/group_state.h"
#include "mls/group/proposal_validation.h"
#include "mls/wire/commit.h"

namespace sotto::mls {

// Whose commit it is: a member's leaf, or nobody's yet for an external one.
struct Committer {
  Sender sender;
  bool external() const { return sender.sender_type == SenderType::kNewMemberCommit; }
};

// Looks references up. kNotFound for one that is not stored, kMalformed for any in an external
// commit (section 12.4.3.2).
Result<std::vector<CommittedProposal>> resolve_proposals(const GroupState& state,
                                                         const Commit& commit,
                                                         const Committer& committer);

// The rules of section 12.2 for the list as a whole, and those of section 12.1 for each proposal
// that went by value (the others have passed them when they were stored). What the tree must look
// like afterwards is checked when they are applied.
Result<void> validate_proposal_list(const Epoch& epoch,
                                    const std::vector<CommittedProposal>& proposals,
                                    const Committer& committer, const ProposalScrutiny& scrutiny);

// Section 12.4: whether a commit of these must have a path.
bool requires_path(const std::vector<CommittedProposal>& proposals);

}  // namespace sotto::mls
