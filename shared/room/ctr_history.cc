#include "room/ctr_history.h"

namespace sotto::room {

void CtrHistory::told(std::uint64_t ctr_high, std::uint64_t epoch, Time now) {
  if (!entries_.empty() && ctr_high < entries_.back().ctr_high) {
    if (epoch <= since_epoch_) return;
    entries_.clear();
  }
  if (entries_.empty()) since_epoch_ = epoch;
  entries_.push_back({now, ctr_high});
  while (entries_.size() > 1 && std::next(entries_.begin())->at + kOld <= now) entries_.pop_front();
  // A sender that talks too much loses what it said in between, never what it said first or last.
  constexpr std::size_t kMost = 64;
  if (entries_.size() > kMost) entries_.erase(std::prev(entries_.end(), 2));
}

CtrVerdict CtrHistory::judge(std::uint64_t ctr, std::uint64_t epoch, Time now,
                             const Policy& policy) const {
  if (!policy.has(Rule::kCtrWindow)) return CtrVerdict::kLive;
  if (entries_.empty()) return CtrVerdict::kTooFar;
  const Entry& last = entries_.back();
  const Duration since = now > last.at ? now - last.at : Duration(0);
  const auto seconds = static_cast<std::uint64_t>(since / std::chrono::seconds(1)) + 1;
  if (ctr > last.ctr_high && ctr - last.ctr_high > kAhead + kAheadPerSecond * seconds) {
    return CtrVerdict::kTooFar;
  }
  if (epoch < since_epoch_) return CtrVerdict::kTooOld;
  CtrVerdict verdict = CtrVerdict::kLive;
  for (const Entry& entry : entries_) {
    if (ctr >= entry.ctr_high) continue;
    if (entry.at + kOld <= now) return CtrVerdict::kTooOld;
    if (entry.at + kLag < now) verdict = CtrVerdict::kLagging;
  }
  return verdict;
}

}  // namespace sotto::room
