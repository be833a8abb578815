#include "sfu/seat_assignment.h"

#include <algorithm>

namespace sotto::bridge {
namespace {

bool contains(std::span<const GroupKey> keys, GroupKey key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

}  // namespace

void GroupOrder::add(GroupKey key) {
  if (contains(keys_, key)) return;
  if (key.group == Group::kScreen) {
    // The newest screen first: it is what people talk about now.
    keys_.insert(keys_.begin(), key);
    ++screens_;
  } else {
    keys_.push_back(key);
  }
}

void GroupOrder::remove(GroupKey key) {
  if (std::erase(keys_, key) > 0 && key.group == Group::kScreen) --screens_;
}

void GroupOrder::on_speech(EndpointIndex endpoint) {
  const auto first = keys_.begin() + static_cast<std::ptrdiff_t>(screens_);
  const auto found = std::find(first, keys_.end(), GroupKey{endpoint, Group::kCamera});
  if (found != keys_.end()) std::rotate(first, found, found + 1);
}

void choose_groups(EndpointIndex self, std::span<const GroupKey> wanted, const GroupOrder& order,
                   std::size_t seats, std::vector<GroupKey>& chosen) {
  chosen.clear();
  for (const GroupKey& key : wanted) {
    if (chosen.size() == seats) return;
    if (key.endpoint == self || contains(chosen, key)) continue;
    chosen.push_back(key);
  }
  for (const GroupKey& key : order.keys()) {
    if (chosen.size() == seats) return;
    if (key.endpoint == self || contains(chosen, key)) continue;
    chosen.push_back(key);
  }
}

void fill_seats(std::span<const GroupKey> chosen, std::span<std::optional<GroupKey>> seats) {
  for (auto& seat : seats) {
    if (seat && !contains(chosen, *seat)) seat.reset();
  }
  for (const GroupKey& key : chosen) {
    if (std::find(seats.begin(), seats.end(), key) != seats.end()) continue;
    const auto free = std::find(seats.begin(), seats.end(), std::nullopt);
    if (free == seats.end()) return;
    *free = key;
  }
}

std::size_t seats_needed(std::size_t groups, std::size_t limit) {
  if (groups == 0) return 0;
  std::size_t count = 2;
  while (count < groups) count *= 2;
  return std::min(count, limit);
}

}  // namespace sotto::bridge
