#include "rtp/nack_tracker.h"

#include <algorithm>
#include <utility>

namespace sotto::bridge {

void NackTracker::on_packet(Time now, std::uint16_t sequence_number) {
  const auto newest = unwrapper_.newest();
  const std::int64_t sequence = unwrapper_.unwrap(sequence_number);
  if (!newest) return;
  if (sequence > *newest) {
    open_gap(now, *newest + 1, sequence - 1);
    return;
  }
  const auto found = std::lower_bound(
      missing_.begin(), missing_.end(), sequence,
      [](const Missing& missing, std::int64_t value) { return missing.sequence < value; });
  if (found != missing_.end() && found->sequence == sequence) missing_.erase(found);
}

void NackTracker::open_gap(Time now, std::int64_t first, std::int64_t last) {
  if (last < first) return;
  const std::int64_t limit = static_cast<std::int64_t>(config_.max_missing);
  if (last - first >= limit) {
    missing_.clear();
    unrecoverable_ = true;
    return;
  }
  const std::size_t added = static_cast<std::size_t>(last - first + 1);
  if (missing_.size() + added > config_.max_missing) {
    const std::size_t drop = missing_.size() + added - config_.max_missing;
    missing_.erase(missing_.begin(), missing_.begin() + static_cast<std::ptrdiff_t>(drop));
    unrecoverable_ = true;
  }
  for (std::int64_t sequence = first; sequence <= last; ++sequence) {
    missing_.push_back({sequence, now, std::nullopt, 0});
  }
}

bool NackTracker::is_due(const Missing& missing, Time now, Duration interval) const {
  if (missing.requested) return now - *missing.requested >= interval;
  return now - missing.since >= config_.reordering_delay ||
         *unwrapper_.newest() - missing.sequence >= config_.reordering_packets;
}

std::size_t NackTracker::take_due(Time now, Duration rtt, std::span<std::uint16_t> out) {
  const Duration interval = std::max(rtt, config_.min_interval);
  const std::size_t before = missing_.size();
  std::erase_if(missing_, [&](const Missing& missing) {
    if (now - missing.since >= config_.max_age) return true;
    return missing.requests >= config_.max_requests && is_due(missing, now, interval);
  });
  if (missing_.size() != before) unrecoverable_ = true;

  std::size_t count = 0;
  for (Missing& missing : missing_) {
    if (count == out.size()) break;
    if (!is_due(missing, now, interval)) continue;
    missing.requested = now;
    ++missing.requests;
    out[count++] = static_cast<std::uint16_t>(missing.sequence);
  }
  return count;
}

std::optional<Time> NackTracker::next_timeout(Duration rtt) const {
  const Duration interval = std::max(rtt, config_.min_interval);
  std::optional<Time> next;
  for (const Missing& missing : missing_) {
    Time due = missing.since;
    if (missing.requested) {
      due = *missing.requested + interval;
    } else if (*unwrapper_.newest() - missing.sequence < config_.reordering_packets) {
      due = missing.since + config_.reordering_delay;
    }
    due = std::min(due, missing.since + config_.max_age);
    if (!next || due < *next) next = due;
  }
  return next;
}

bool NackTracker::take_unrecoverable() {
  return std::exchange(unrecoverable_, false);
}

void NackTracker::forget_up_to(std::uint16_t sequence_number) {
  const std::int64_t sequence = unwrapper_.peek(sequence_number);
  std::erase_if(missing_, [&](const Missing& missing) { return missing.sequence <= sequence; });
}

void NackTracker::reset() {
  unwrapper_.reset();
  missing_.clear();
  unrecoverable_ = false;
}

}  // namespace sotto::bridge
