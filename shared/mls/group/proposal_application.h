// Applies a valid list of proposals to a copy of the group's public state (RFC 9420 section 12.3).
#pragma once

#include <vector>

#include "base/result.h"
#include "mls/group/proposal_list.h"
#include "mls/tree/leaf_validation.h"

namespace sotto::mls {

// On the way to the next epoch: everything but the path.
struct Provisional {
  GroupContext
      context;      // of the next epoch; tree_hash and confirmed_transcript_hash are the old ones
  LeafRules rules;  // of that context
  RatchetTree tree;
  std::vector<LeafIndex> added;    // by Adds, in their order, which is the leaves'
  std::vector<LeafIndex> changed;  // leaves added or replaced, the committer's joins them
  CommitEffects effects;
};

// kMalformed if the tree cannot be a valid one afterwards.
Result<Provisional> apply_proposals(const Epoch& epoch,
                                    const std::vector<CommittedProposal>& proposals,
                                    const ProposalScrutiny& scrutiny);

// Once the path is in the tree: what section 7.3 asks of its leaves together, of their capabilities
// and, if they have changed, of the GroupContext's extensions.
Result<void> validate_provisional(const Provisional& provisional, LeafIndex own_leaf);

// Section 13.4: I myself support every extension of the GroupContext, GREASE not counted (section
// 13.5), and whatever required_capabilities says.
Result<void> check_own_support(const LeafNode& own_leaf_node, const LeafRules& rules);

// Errors of the tree about a commit that is against the rules.
Error as_rule(Error error);

}  // namespace sotto::mls
