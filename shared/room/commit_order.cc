#include "room/commit_order.h"

#include <algorithm>

namespace sotto::room {

std::optional<CommitFate> CommitOrder::before_handling(std::uint64_t commit_epoch, Time now) {
  if (locked_out_) return CommitFate::kRejoin;
  if (commit_epoch < epoch_) return CommitFate::kIgnore;
  if (commit_epoch == epoch_) return std::nullopt;
  if (!gap_since_) gap_since_ = now;
  return commit_epoch - epoch_ > kMaxAhead ? CommitFate::kIgnore : CommitFate::kKeep;
}

CommitFate CommitOrder::after_handling(CommitOutcome outcome) {
  switch (outcome) {
    case CommitOutcome::kValid:
      return CommitFate::kApply;
    case CommitOutcome::kPathUnopened:
      if (!policy_.has(Rule::kFirstValidCommit)) return CommitFate::kIgnore;
      locked_out_ = true;
      return CommitFate::kRejoin;
    case CommitOutcome::kRefused:
      break;
  }
  return CommitFate::kIgnore;
}

void CommitOrder::begin_epoch(std::uint64_t epoch) {
  epoch_ = epoch;
  gap_since_.reset();
}

std::optional<Time> CommitOrder::next_due() const {
  if (!gap_since_) return std::nullopt;
  return *gap_since_ + kCatchUp;
}

bool leave_for_other_group(std::size_t own_members, ByteView own_group_id,
                           std::size_t other_members, ByteView other_group_id,
                           const Policy& policy) {
  if (equal(own_group_id, other_group_id)) return false;
  if (own_members > 1 && policy.has(Rule::kLeaveOnlyAlone)) return false;
  if (other_members > 1 || !policy.has(Rule::kLowerGroupStays)) return true;
  return std::lexicographical_compare(other_group_id.begin(), other_group_id.end(),
                                      own_group_id.begin(), own_group_id.end());
}

}  // namespace sotto::room
