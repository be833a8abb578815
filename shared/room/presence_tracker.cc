#include "room/presence_tracker.h"

#include <algorithm>

#include "room/presence_schedule.h"

namespace sotto::room {
namespace {

constexpr std::size_t kMaxSent = 128;

void keep_the_earlier(std::optional<Time>& next, Time other) {
  if (!next || other < *next) next = other;
}

}  // namespace

void PresenceTracker::add(mls::LeafIndex leaf, Time now) {
  if (leaf == own_leaf_) return;
  if (others_.empty()) company_since_ = now;
  others_[leaf] = Other{};
  others_[leaf].added = now;
}

void PresenceTracker::remove(mls::LeafIndex leaf) {
  others_.erase(leaf);
}

Result<void> PresenceTracker::heard(mls::LeafIndex leaf, const Presence& presence,
                                    std::uint64_t epoch, Time now) {
  const auto found = others_.find(leaf);
  if (found == others_.end()) return fail(Error::kNotFound);
  Other& other = found->second;
  if (other.heard && presence.seq <= other.last.seq) return fail(Error::kReplayed);
  other.heard = now;
  other.last = presence;
  for (const PresenceStream& stream : presence.streams) {
    other.streams[stream.context].told(stream.ctr_high, epoch, now);
  }
  for (const PresenceEcho& echo : presence.echoes) {
    if (echo.leaf == own_leaf_) take_echo(other, echo.seq);
  }
  return {};
}

void PresenceTracker::take_echo(Other& other, std::uint32_t seq) {
  const auto found =
      std::find_if(sent_.begin(), sent_.end(), [&](const Sent& sent) { return sent.seq == seq; });
  if (found != sent_.end() && (!other.echoed || *other.echoed < found->at)) {
    other.echoed = found->at;
  }
}

void PresenceTracker::sent(std::uint32_t seq, bool publishes, Time now) {
  if (!publishes) {
    publishing_since_.reset();
  } else if (!publishing_since_) {
    publishing_since_ = now;
  }
  sent_.push_back({seq, now});
  if (sent_.size() > kMaxSent) sent_.erase(sent_.begin());
}

Reachability PresenceTracker::reachability(mls::LeafIndex leaf, Time now) const {
  const auto found = others_.find(leaf);
  if (found == others_.end() || !found->second.heard) return Reachability::kUnconfirmed;
  return *found->second.heard + kUnreachableAfter <= now ? Reachability::kUnreachable
                                                         : Reachability::kPresent;
}

const Presence* PresenceTracker::presence(mls::LeafIndex leaf) const {
  const auto found = others_.find(leaf);
  return found == others_.end() || !found->second.heard ? nullptr : &found->second.last;
}

std::vector<mls::LeafIndex> PresenceTracker::silent(Time now) const {
  std::vector<mls::LeafIndex> leaves;
  for (const auto& [leaf, other] : others_) {
    if (other.heard.value_or(other.added) + kUnreachableAfter <= now) leaves.push_back(leaf);
  }
  return leaves;
}

CtrVerdict PresenceTracker::judge(mls::LeafIndex leaf, std::uint8_t context, std::uint64_t ctr,
                                  std::uint64_t epoch, Time now) const {
  const auto found = others_.find(leaf);
  if (found == others_.end()) {
    return policy_.has(Rule::kConfirmed) ? CtrVerdict::kTooFar : CtrVerdict::kLive;
  }
  const Other& other = found->second;
  if (policy_.has(Rule::kConfirmed) && reachability(leaf, now) != Reachability::kPresent) {
    return CtrVerdict::kTooFar;
  }
  const auto stream = other.streams.find(context);
  if (stream == other.streams.end()) {
    return policy_.has(Rule::kCtrWindow) && other.heard ? CtrVerdict::kTooFar : CtrVerdict::kLive;
  }
  return stream->second.judge(ctr, epoch, now, policy_);
}

bool PresenceTracker::may_send(Time now) const {
  if (!policy_.has(Rule::kEcho) || others_.empty()) return true;
  // Before anybody was there, there was nobody to be heard by.
  Time last = company_since_;
  if (publishing_since_) last = std::max(last, *publishing_since_);
  for (const auto& [leaf, other] : others_) {
    last = std::max(last, (publishing_since_ ? other.echoed : other.heard).value_or(last));
  }
  return last + (publishing_since_ ? kUnheardAfter : kUnreachableAfter) > now;
}

Duration PresenceTracker::patience() const {
  const std::size_t each = echoes_in_a_room_of(others_.size() + 1);
  const std::size_t rounds = publishers().size() / each;
  return kUnheardAfter + PresenceSchedule::kListenerInterval * static_cast<std::int64_t>(rounds);
}

std::vector<mls::LeafIndex> PresenceTracker::not_caught_up(Time now) const {
  std::vector<mls::LeafIndex> leaves;
  if (!publishing_since_ || !may_send(now)) return leaves;
  const Duration longest = patience();
  for (const auto& [leaf, other] : others_) {
    if (reachability(leaf, now) != Reachability::kPresent) continue;
    const Time since = std::max(*publishing_since_, other.added);
    if (std::max(other.echoed.value_or(since), since) + longest <= now) leaves.push_back(leaf);
  }
  return leaves;
}

std::optional<Time> PresenceTracker::next_change(Time now) const {
  std::optional<Time> next;
  const Duration longest = patience();
  for (const auto& [leaf, other] : others_) {
    const Time last = other.heard.value_or(other.added);
    for (const Time at :
         {last + kUnreachableAfter, last + longest, other.echoed.value_or(last) + kUnheardAfter,
          other.echoed.value_or(last) + longest}) {
      if (at > now) keep_the_earlier(next, at);
    }
  }
  if (publishing_since_ && *publishing_since_ + kUnheardAfter > now) {
    keep_the_earlier(next, *publishing_since_ + kUnheardAfter);
  }
  return next;
}

std::vector<PresenceEcho> PresenceTracker::publishers() const {
  std::vector<PresenceEcho> echoes;
  for (const auto& [leaf, other] : others_) {
    if (other.heard && other.last.marks.publishes) echoes.push_back({leaf, other.last.seq});
  }
  return echoes;
}

}  // namespace sotto::room
