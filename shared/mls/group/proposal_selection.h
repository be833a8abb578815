// What a member commits (RFC 9420 sections 12.2 and 12.4.1).
#pragma once

#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "mls/group/group_state.h"
#include "mls/group/proposal_application.h"

namespace sotto::mls {

struct Selection {
  std::vector<CommittedProposal> proposals;
  Provisional provisional;
  Secret<kNh> psk_secret;
};

// Everything that goes by value, or an error; and of what is stored as much as makes a valid list
// with it: Removes before Updates, later Updates before earlier ones, ReInit only by itself. Takes
// the proposals out of `options`.
Result<Selection> select_proposals(const GroupState& state, CommitOptions& options,
                                   RandomSource& random);

}  // namespace sotto::mls
