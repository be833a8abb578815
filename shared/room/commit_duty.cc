#include "room/commit_duty.h"

#include <algorithm>

#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "crypto/sha256.h"

namespace sotto::room {
namespace {

void set_waiting(std::optional<Time>& since, bool waiting, Time now) {
  if (!waiting) {
    since.reset();
  } else if (!since) {
    since = now;
  }
}

// 0, 1, 2, 2, 3, 3, 3, 3, 4 ...
Duration wait_of(std::size_t rank) {
  Duration wait{0};
  for (; rank > 0; rank >>= 1) wait += CommitDuty::kStep;
  return wait;
}

void keep_the_earlier(std::optional<Time>& next, Time other) {
  if (!next || other < *next) next = other;
}

}  // namespace

std::uint64_t commit_rank_key(std::uint64_t epoch, mls::LeafIndex leaf) {
  std::uint8_t number[12];
  ByteWriter writer(number);
  writer.u64(epoch);
  writer.u32(leaf.value);
  Sha256 sha;
  sha.update(as_bytes("sotto committer"));
  sha.update(number);
  std::uint8_t digest[Sha256::kSize];
  sha.finish(digest);
  return ByteReader(digest).u64().value_or(0);
}

CommitDuty::CommitDuty(mls::LeafIndex own_leaf, Duration update_every)
    : own_leaf_(own_leaf), update_every_(std::max(update_every, kUpdateAtMostEvery)) {}

void CommitDuty::begin_epoch(std::uint64_t epoch, bool with_path, Time now) {
  epoch_ = epoch;
  epoch_since_ = now;
  if (with_path) last_path_ = now;
  if (joins_) joins_ = std::max(*joins_, now - kGatherJoins);
  if (leaves_) leaves_ = now;
  sent_.reset();
  rank(candidates_);
  rank(join_candidates_);
}

void CommitDuty::set_candidates(std::vector<mls::LeafIndex> all,
                                std::vector<mls::LeafIndex> for_joins) {
  const auto set = [&](Candidates& candidates, std::vector<mls::LeafIndex> leaves) {
    if (candidates.leaves == leaves) return;
    candidates.leaves = std::move(leaves);
    rank(candidates);
  };
  set(candidates_, std::move(all));
  set(join_candidates_, std::move(for_joins));
}

void CommitDuty::set_joins(bool waiting, Time now) {
  set_waiting(joins_, waiting, now);
}

void CommitDuty::set_leaves(bool waiting, Time now) {
  set_waiting(leaves_, waiting, now);
}

void CommitDuty::rank(Candidates& candidates) const {
  const std::uint64_t own = commit_rank_key(epoch_, own_leaf_);
  std::size_t before = 0;
  bool listed = false;
  for (const mls::LeafIndex leaf : candidates.leaves) {
    if (leaf == own_leaf_) listed = true;
    if (commit_rank_key(epoch_, leaf) < own) ++before;
  }
  candidates.own_rank.reset();
  if (listed) candidates.own_rank = before;
}

std::optional<Time> CommitDuty::due() const {
  std::optional<Time> at;
  if (joins_) {
    if (const auto own_rank = join_candidates_.own_rank) {
      keep_the_earlier(at, *joins_ + kGatherJoins + wait_of(*own_rank));
    }
  }
  if (!candidates_.own_rank) return at;
  const Duration wait = wait_of(*candidates_.own_rank);
  if (leaves_) keep_the_earlier(at, *leaves_ + wait);
  if (hold_updates_) return at;
  keep_the_earlier(at, std::max(last_path_ + update_every_, epoch_since_) + wait);
  if (update_wished_) keep_the_earlier(at, last_path_ + kUpdateAtMostEvery + wait);
  return at;
}

bool CommitDuty::must_commit(Time now) const {
  if (sent_) return false;
  const auto at = due();
  return at && *at <= now;
}

void CommitDuty::committed(Time now) {
  sent_ = now;
}

bool CommitDuty::must_resend(Time now) const {
  return sent_ && *sent_ + kRetry <= now;
}

std::optional<Time> CommitDuty::next_due() const {
  if (sent_) return *sent_ + kRetry;
  return due();
}

}  // namespace sotto::room
