#include "room/presence_schedule.h"

#include <algorithm>

namespace sotto::room {

void PresenceSchedule::set_publishes(bool publishes, Time now) {
  if (publishes == publishes_) return;
  publishes_ = publishes;
  due_ = now;
}

void PresenceSchedule::members_added(Time now) {
  if (!publishes_ || due_ <= now) return;
  const Time greets = greeted_ ? std::max(now, *greeted_ + kGreetAtMostEvery) : now;
  due_ = std::min(due_, greets);
  greeted_ = due_;
}

Presence PresenceSchedule::make(const PresenceMarks& marks, std::vector<PresenceStream> streams,
                                std::uint64_t capture_ms,
                                const std::vector<PresenceEcho>& publishers, std::size_t members,
                                mls::LeafIndex own_leaf, Time now) {
  Presence presence;
  presence.seq = ++seq_;
  presence.capture_ms = capture_ms;
  presence.marks = marks;
  presence.marks.publishes = publishes_;
  presence.streams = std::move(streams);
  const std::size_t count = std::min(echoes_in_a_room_of(members), publishers.size());
  // Neighbours begin at different places, so that all together echo everybody all the time.
  const std::uint64_t first = (own_leaf.value + turn_++) * count;
  for (std::size_t i = 0; i < count; ++i) {
    presence.echoes.push_back(publishers[(first + i) % publishers.size()]);
  }
  due_ = now + (publishes_ ? kPublisherInterval : kListenerInterval);
  return presence;
}

}  // namespace sotto::room
