// Which commit makes the next epoch (security profile, section 9): of those that the bridge hands
// on for an epoch, in its order, the first valid one. Who cannot open the path of an otherwise
// valid one takes no later one instead, or an insider who spoils the path for some would split the
// room.
#pragma once

#include <cstdint>
#include <optional>

#include "base/bytes.h"
#include "base/time.h"
#include "room/policy.h"

namespace sotto::room {

// What became of a commit when it was looked at.
enum class CommitOutcome : std::uint8_t {
  kValid,         // by RFC 9420 and by the room's rules
  kRefused,       // by either: it is as if it had not come
  kPathUnopened,  // authentic, but its path does not open here
};

enum class CommitFate : std::uint8_t {
  kApply,
  kIgnore,  // of an epoch that is over, or refused
  kKeep,    // of an epoch that has not come: look at it again then
  kRejoin,  // I am locked out: report it, and have me removed and added in one commit
};

class CommitOrder {
 public:
  // A commit of a later epoch means that I have missed one; so long it may still come.
  static constexpr Duration kCatchUp = std::chrono::seconds(5);
  static constexpr std::uint64_t kMaxAhead = 64;

  explicit CommitOrder(std::uint64_t epoch, Policy policy = {}) : epoch_(epoch), policy_(policy) {}

  // Before it is looked at: nothing when it is of this epoch and may be.
  std::optional<CommitFate> before_handling(std::uint64_t commit_epoch, Time now);
  // After.
  CommitFate after_handling(CommitOutcome outcome);

  void begin_epoch(std::uint64_t epoch);

  // For good, until I have joined again.
  bool locked_out() const { return locked_out_; }
  // True when what I missed has not come.
  bool gave_up(Time now) const { return gap_since_ && *gap_since_ + kCatchUp <= now; }
  std::optional<Time> next_due() const;

 private:
  std::uint64_t epoch_;
  Policy policy_;
  bool locked_out_ = false;
  std::optional<Time> gap_since_;
};

// A lone creator meets another group of the same room (both came when nobody was there). `true`:
// leave mine and join the other. Only who is alone ever leaves; of two who are, the lower group_id
// stays.
bool leave_for_other_group(std::size_t own_members, ByteView own_group_id,
                           std::size_t other_members, ByteView other_group_id,
                           const Policy& policy = {});

}  // namespace sotto::room
