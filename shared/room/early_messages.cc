#include "room/early_messages.h"

#include <algorithm>
#include <map>
#include <utility>

namespace sotto::room {

void EarlyMessages::keep(const Endpoint& sender, ByteView bytes, Time now) {
  expire(now);
  if (bytes.size() > kMaxBytes) return;
  bytes_ += bytes.size();
  waiting_.push_back({sender, mls::to_bytes(bytes), now});
  while (waiting_.size() > kMaxMessages || bytes_ > kMaxBytes) make_room();
}

void EarlyMessages::make_room() {
  // Of what has run out: places, or bytes.
  const bool places = waiting_.size() > kMaxMessages;
  std::map<Endpoint, std::size_t> shares;
  for (const EarlyMessage& one : waiting_) shares[one.sender] += places ? 1 : one.bytes.size();
  const auto largest =
      std::max_element(shares.begin(), shares.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  erase(std::find_if(waiting_.begin(), waiting_.end(),
                     [&](const EarlyMessage& one) { return one.sender == largest->first; }));
}

void EarlyMessages::expire(Time now) {
  while (!waiting_.empty() && waiting_.front().since + life_ <= now) erase(waiting_.begin());
}

std::optional<Time> EarlyMessages::next_expiry() const {
  if (waiting_.empty()) return std::nullopt;
  return waiting_.front().since + life_;
}

std::optional<EarlyMessage> EarlyMessages::take_first(const Matches& matches) {
  const auto found = std::find_if(waiting_.begin(), waiting_.end(),
                                  [&](const EarlyMessage& one) { return matches(one.bytes); });
  if (found == waiting_.end()) return std::nullopt;
  std::optional<EarlyMessage> taken;
  bytes_ -= found->bytes.size();
  taken.emplace(std::move(*found));
  waiting_.erase(found);
  return taken;
}

void EarlyMessages::erase_if(const Matches& matches) {
  const auto goes = [&](const EarlyMessage& one) {
    const bool matched = matches(one.bytes);
    if (matched) bytes_ -= one.bytes.size();
    return matched;
  };
  waiting_.remove_if(goes);
}

std::list<EarlyMessage> EarlyMessages::take_all() {
  bytes_ = 0;
  return std::exchange(waiting_, {});
}

void EarlyMessages::erase(Waiting::iterator one) {
  bytes_ -= one->bytes.size();
  waiting_.erase(one);
}

}  // namespace sotto::room
