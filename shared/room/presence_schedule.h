// When I say that I am here, and whom I say that I hear (security profile, section 5): every 2 s
// while I publish, every 10 s otherwise, and at once as a publisher when somebody has come. In
// rooms of hundreds each message echoes a few publishers in turn, so that what a member receives
// grows with the number of members and not with its square.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.h"
#include "room/presence.h"

namespace sotto::room {

// How many echoes a message carries at most.
constexpr std::size_t echoes_in_a_room_of(std::size_t members) {
  return members <= 64 ? Presence::kMaxEchoes : 8;
}

class PresenceSchedule {
 public:
  static constexpr Duration kPublisherInterval = std::chrono::seconds(2);
  static constexpr Duration kListenerInterval = std::chrono::seconds(10);
  static constexpr Duration kGreetAtMostEvery = std::chrono::milliseconds(500);

  // The first message is due at once.
  explicit PresenceSchedule(Time now) : due_(now) {}

  // I begin or stop to publish, or my marks changed: due at once.
  void changed(Time now) { due_ = now; }
  void set_publishes(bool publishes, Time now);
  // Somebody was added: they hear publishers at once. Where many are added one after the other, by
  // whoever wants all to speak all the time, once for several.
  void members_added(Time now);

  // My messages' numbers, for who goes on where another run of me stopped.
  std::uint32_t last_seq() const { return seq_; }
  void go_on_after(std::uint32_t seq) { seq_ = seq; }

  bool is_due(Time now) const { return due_ <= now; }
  Time next_due() const { return due_; }

  // My next message. `publishers` are those whom I hear, `members` the size of the group.
  Presence make(const PresenceMarks& marks, std::vector<PresenceStream> streams,
                std::uint64_t capture_ms, const std::vector<PresenceEcho>& publishers,
                std::size_t members, mls::LeafIndex own_leaf, Time now);

 private:
  Time due_{};
  std::optional<Time> greeted_;
  bool publishes_ = false;
  std::uint32_t seq_ = 0;
  std::uint64_t turn_ = 0;
};

}  // namespace sotto::room
