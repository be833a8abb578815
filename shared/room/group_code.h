// The group code (security profile, section 10): people read seven emoji to each other, and whoever
// sits between two halves of the room is found out.
//
//   start        a person asks for it; everybody who takes part is named
//   commitment   each sends the hash of a nonce
//   reveal       each shows the nonce, once the hashes of all are there
//   code         of the nonces of all: nobody could choose its own after it knew another
//
// Another epoch begins it anew, by itself. While it runs, Updates wait (in_progress).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/random.h"
#include "base/time.h"
#include "room/policy.h"
#include "room/presence_tracker.h"
#include "room/short_code.h"

namespace sotto::room {

// Of a member's start, before it is handled: kCodeConfirmed if it names somebody whom I have not
// heard since I came. Who takes part in it would have that one verified with all the others.
std::optional<Rule> judge_code_start(const CodeStart& start, mls::LeafIndex own_leaf,
                                     const PresenceTracker& presence, Time now,
                                     const Policy& policy = {});

class GroupCode {
 public:
  // Whoever does not answer does not hold Updates up for longer.
  static constexpr Duration kLongest = std::chrono::seconds(30);
  // A start is answered by everybody, so one who sends many must not be answered each time.
  static constexpr Duration kBetweenStarts = std::chrono::seconds(2);
  // Starts that were lost; more would use up the numbers.
  static constexpr std::uint32_t kMaxSkipped = 1024;

  explicit GroupCode(mls::LeafIndex own_leaf, Policy policy = {})
      : own_leaf_(own_leaf), policy_(policy) {}

  // A person asks. `confirmed` are the others to take part, who must be confirmed. Messages to send
  // are in `take_messages` after this and every `handle` and `begin_epoch`.
  void start(std::vector<mls::LeafIndex> confirmed, const Secret<32>& epoch_authenticator,
             RandomSource& random, Time now);

  // A message of this epoch. kMalformed from who keeps to no order, kExhausted for a start too soon
  // after another, kUnauthenticated for a nonce that is not the one committed to: then there is no
  // code, and it says who spoilt it.
  Result<void> handle(mls::LeafIndex sender, const CodeMessage& message,
                      const Secret<32>& epoch_authenticator, RandomSource& random, Time now);

  // The epoch changed: what was running begins anew with those who are still there, rounds from 1. A
  // code that was made stays, for them: who has taken a leaf over meanwhile is not verified by it.
  void begin_epoch(const std::vector<mls::LeafIndex>& stayed, const Secret<32>& epoch_authenticator,
                   RandomSource& random, Time now);

  std::vector<CodeMessage> take_messages();

  bool in_progress(Time now) const;
  // Once everybody has shown its nonce.
  const std::optional<ShortCode>& code() const { return code_; }
  // Whom a person's "they match" verifies: those who took part.
  std::vector<mls::LeafIndex> participants() const { return participants_; }
  // Who showed another nonce than it had committed to.
  std::optional<mls::LeafIndex> spoilt_by() const { return spoilt_by_; }

 private:
  void begin_round(std::uint32_t round, std::vector<mls::LeafIndex> participants,
                   const Secret<32>& epoch_authenticator, RandomSource& random, Time now);
  bool takes_part(mls::LeafIndex leaf) const;
  void go_on(const Secret<32>& epoch_authenticator);

  mls::LeafIndex own_leaf_;
  Policy policy_;
  std::optional<Time> started_;
  std::optional<Time> last_start_;  // of this epoch
  bool started_by_me_ = false;
  std::uint32_t round_ = 0;
  CodeNonce nonce_{};
  std::vector<mls::LeafIndex> participants_;
  std::map<mls::LeafIndex, CodeHash> hashes_;
  std::map<mls::LeafIndex, CodeNonce> nonces_;
  bool revealed_ = false;
  std::optional<ShortCode> code_;
  std::optional<mls::LeafIndex> spoilt_by_;
  std::vector<CodeMessage> messages_;
};

}  // namespace sotto::room
