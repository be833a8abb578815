// Who sits where. Everybody is seated while seats suffice; beyond that, those whom the receiver
// wants, then screens, then the last speakers. Nobody moves without cause.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "sfu/media_types.h"

namespace sotto::bridge {

struct GroupKey {
  EndpointIndex endpoint{};
  Group group = Group::kCamera;
  friend bool operator==(const GroupKey&, const GroupKey&) = default;
};

// All groups of a conference that have a track, in the order in which seats are given to those
// that are not asked for: screens, then by last speech, then by arrival.
class GroupOrder {
 public:
  void add(GroupKey key);
  void remove(GroupKey key);
  // The endpoint became the dominant speaker.
  void on_speech(EndpointIndex endpoint);
  std::span<const GroupKey> keys() const { return keys_; }

 private:
  std::vector<GroupKey> keys_;
  std::size_t screens_ = 0;  // the first so many
};

// The groups that `self` should see, at most `seats`. `wanted`: existing groups, in order.
void choose_groups(EndpointIndex self, std::span<const GroupKey> wanted, const GroupOrder& order,
                   std::size_t seats, std::vector<GroupKey>& chosen);

// Empties the seats of those not chosen and gives free seats to those chosen who have none.
void fill_seats(std::span<const GroupKey> chosen, std::span<std::optional<GroupKey>> seats);

// How many seats to offer for `groups` of others: 2, 4, 8, ... at most `limit`.
std::size_t seats_needed(std::size_t groups, std::size_t limit);

}  // namespace sotto::bridge
