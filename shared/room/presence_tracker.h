// Who is really there, as each member can tell for itself (security profile, section 5). The bridge
// can hold back whatever it likes; what it cannot do is make that look like a call that goes on.
//
//   unconfirmed    a leaf not heard since my own join (or its own): no mark, no media
//   unreachable    30 s of silence
//   not heard      I publish, and nobody has echoed me for 15 s; or I do not, and have heard nobody
//                  for 30 s: I stop sending, and say so
//   not caught up  others echo me, this one has not for that long
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/time.h"
#include "room/ctr_history.h"
#include "room/policy.h"
#include "room/presence.h"

namespace sotto::room {

enum class Reachability : std::uint8_t { kUnconfirmed, kPresent, kUnreachable };

class PresenceTracker {
 public:
  static constexpr Duration kUnreachableAfter = std::chrono::seconds(30);
  static constexpr Duration kUnheardAfter = std::chrono::seconds(15);

  explicit PresenceTracker(mls::LeafIndex own_leaf, Policy policy = {})
      : own_leaf_(own_leaf), policy_(policy) {}

  // The group's leaves; who sits in a leaf that was taken over begins anew.
  void add(mls::LeafIndex leaf, Time now);
  void remove(mls::LeafIndex leaf);

  // A verified presence message, of the epoch that it was sent in. kReplayed for one that is not
  // newer than the last, kNotFound for a leaf that is not there.
  Result<void> heard(mls::LeafIndex leaf, const Presence& presence, std::uint64_t epoch, Time now);

  // What I sent: my own messages' numbers, and when.
  void sent(std::uint32_t seq, bool publishes, Time now);

  Reachability reachability(mls::LeafIndex leaf, Time now) const;
  // Not heard for 30 s, the unconfirmed included: what a removal is proposed for.
  std::vector<mls::LeafIndex> silent(Time now) const;
  // Null for an unconfirmed leaf.
  const Presence* presence(mls::LeafIndex leaf) const;

  // May a frame be shown? kTooFar also of unconfirmed leaves and of streams not announced.
  CtrVerdict judge(mls::LeafIndex leaf, std::uint8_t context, std::uint64_t ctr,
                   std::uint64_t epoch, Time now) const;

  // False when nobody has echoed me for too long (or has been heard, where I publish nothing that
  // could be echoed): then nothing must be sealed but presence until somebody does. Alone in the
  // group there is nobody to be heard by.
  bool may_send(Time now) const;
  // While others echo me: those who have not for 15 s (and as long as it takes them all to come
  // round, where echoes are sampled).
  std::vector<mls::LeafIndex> not_caught_up(Time now) const;

  // When an answer above may next change by itself.
  std::optional<Time> next_change(Time now) const;

  // Publishers whom I have heard, for my echoes.
  std::vector<PresenceEcho> publishers() const;
  std::size_t size() const { return others_.size(); }

 private:
  struct Other {
    Time added{};
    std::optional<Time> heard;
    Presence last;
    std::map<std::uint8_t, CtrHistory> streams;
    std::optional<Time> echoed;  // when I sent what it last echoed
  };
  struct Sent {
    std::uint32_t seq = 0;
    Time at{};
  };

  void take_echo(Other& other, std::uint32_t seq);
  Duration patience() const;

  mls::LeafIndex own_leaf_;
  Policy policy_;
  std::map<mls::LeafIndex, Other> others_;
  std::vector<Sent> sent_;  // the last ones, oldest first
  std::optional<Time> publishing_since_;
  Time company_since_{};  // when the first other came
};

}  // namespace sotto::room
