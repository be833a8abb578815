// Who commits, and when (security profile, section 9; no goodwill of the server is needed). In
// every epoch the members who are there stand in an order that all of them compute alike:
//
//   rank   by SHA-256("sotto committer" || u64 epoch || u32 leaf)
//
// The first commits what has come up, the next one steps in a second later if nothing has happened,
// the next two a second after that, then the next four, and so on: however many there are who never
// commit, a thousand wait ten seconds for them at most. Members who see different members as
// reachable may commit at once, too: the first valid commit wins and the others are done over.
//
//   a join                waits 100 ms, so that those who come together share a commit; not again
//                         in a new epoch, or a member who commits all the time would keep all out
//   a leave or removal    is committed at once
//   an update             when nothing else was committed with a path for a while, or at a person's
//                         wish; never less than 30 s after the last path, whosever it was
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "mls/wire/indices.h"

namespace sotto::room {

class CommitDuty {
 public:
  static constexpr Duration kGatherJoins = std::chrono::milliseconds(100);
  static constexpr Duration kStep = std::chrono::seconds(1);
  static constexpr Duration kUpdateAtMostEvery = std::chrono::seconds(30);
  // What was sent and neither came back nor lost goes out once more.
  static constexpr Duration kRetry = std::chrono::seconds(3);

  // `update_every` is raised to kUpdateAtMostEvery.
  explicit CommitDuty(mls::LeafIndex own_leaf, Duration update_every = std::chrono::minutes(2));

  // A new epoch, by whomever; `with_path` if its commit had one. What is still to be done is said
  // again by `set_joins` and `set_leaves`.
  void begin_epoch(std::uint64_t epoch, bool with_path, Time now);

  // Who may commit: the members whom I see as reachable (myself included or not), without those who
  // are about to leave. Under knock, only moderators for joins.
  void set_candidates(std::vector<mls::LeafIndex> all, std::vector<mls::LeafIndex> for_joins);

  // Is there anybody to be added, or removed? Kept until said otherwise; time counts from when it
  // was first so in this epoch.
  void set_joins(bool waiting, Time now);
  void set_leaves(bool waiting, Time now);
  // While a group code is compared, Updates wait.
  void hold_updates(bool hold) { hold_updates_ = hold; }
  // A person or an app wants one of mine: 30 s after the last path, whosever it was.
  void wish_update(bool wished) { update_wished_ = wished; }

  // I should commit now: everything that waits, or an empty commit with a path if nothing does.
  bool must_commit(Time now) const;
  // I have; until the next epoch there is nothing to commit but to send the same bytes again.
  void committed(Time now);
  bool must_resend(Time now) const;
  void resent(Time now) { sent_ = now; }
  // It was refused by the server, or a person took it back.
  void withdrawn() { sent_.reset(); }

  std::optional<Time> next_due() const;

 private:
  struct Candidates {
    std::vector<mls::LeafIndex> leaves;
    std::optional<std::size_t> own_rank;  // in this epoch
  };
  void rank(Candidates& candidates) const;
  std::optional<Time> due() const;

  mls::LeafIndex own_leaf_;
  Duration update_every_;
  std::uint64_t epoch_ = 0;
  Time epoch_since_{};
  Time last_path_{};
  Candidates candidates_;
  Candidates join_candidates_;
  std::optional<Time> joins_;
  std::optional<Time> leaves_;
  bool hold_updates_ = false;
  bool update_wished_ = false;
  std::optional<Time> sent_;
};

// The place of a leaf in an epoch's order: lower commits first.
std::uint64_t commit_rank_key(std::uint64_t epoch, mls::LeafIndex leaf);

}  // namespace sotto::room
