#include "room/group_code.h"

#include <algorithm>
#include <utility>

#include "base/sort.h"
#include "crypto/constant_time.h"

namespace sotto::room {

std::optional<Rule> judge_code_start(const CodeStart& start, mls::LeafIndex own_leaf,
                                     const PresenceTracker& presence, Time now,
                                     const Policy& policy) {
  if (!policy.has(Rule::kCodeConfirmed)) return {};
  for (const mls::LeafIndex leaf : start.participants) {
    if (leaf == own_leaf) continue;
    if (presence.reachability(leaf, now) == Reachability::kUnconfirmed) return Rule::kCodeConfirmed;
  }
  return {};
}

void GroupCode::start(std::vector<mls::LeafIndex> confirmed, const Secret<32>& epoch_authenticator,
                      RandomSource& random, Time now) {
  confirmed.push_back(own_leaf_);
  sort(confirmed);
  confirmed.erase(std::unique(confirmed.begin(), confirmed.end()), confirmed.end());
  started_by_me_ = true;
  messages_.push_back(CodeStart{round_ + 1, confirmed});
  begin_round(round_ + 1, std::move(confirmed), epoch_authenticator, random, now);
}

void GroupCode::begin_round(std::uint32_t round, std::vector<mls::LeafIndex> participants,
                            const Secret<32>& epoch_authenticator, RandomSource& random, Time now) {
  started_ = last_start_ = now;
  round_ = round;
  participants_ = std::move(participants);
  hashes_.clear();
  nonces_.clear();
  revealed_ = false;
  code_.reset();
  spoilt_by_.reset();
  random.fill(nonce_);
  hashes_[own_leaf_] = code_commitment(epoch_authenticator, own_leaf_, nonce_);
  messages_.push_back(CodeCommitment{round_, hashes_[own_leaf_]});
  go_on(epoch_authenticator);
}

bool GroupCode::takes_part(mls::LeafIndex leaf) const {
  return std::find(participants_.begin(), participants_.end(), leaf) != participants_.end();
}

Result<void> GroupCode::handle(mls::LeafIndex sender, const CodeMessage& message,
                               const Secret<32>& epoch_authenticator, RandomSource& random,
                               Time now) {
  if (const auto* start = std::get_if<CodeStart>(&message)) {
    const auto& asked = start->participants;
    const auto asks = [&](mls::LeafIndex leaf) {
      return std::find(asked.begin(), asked.end(), leaf) != asked.end();
    };
    if (start->round <= round_ || start->round - round_ > kMaxSkipped || !asks(sender)) {
      return fail(Error::kMalformed);
    }
    if (!asks(own_leaf_)) return {};
    if (last_start_ && *last_start_ + kBetweenStarts > now) return fail(Error::kExhausted);
    started_by_me_ = false;
    begin_round(start->round, asked, epoch_authenticator, random, now);
    return {};
  }
  if (!started_ || !takes_part(sender)) return fail(Error::kMalformed);
  if (const auto* commitment = std::get_if<CodeCommitment>(&message)) {
    if (commitment->round != round_ || hashes_.count(sender) != 0) return fail(Error::kMalformed);
    hashes_[sender] = commitment->hash;
  } else if (const auto* reveal = std::get_if<CodeReveal>(&message)) {
    const auto committed = hashes_.find(sender);
    const bool too_early = hashes_.size() < participants_.size();
    if (reveal->round != round_ || nonces_.count(sender) != 0) return fail(Error::kMalformed);
    if (policy_.has(Rule::kCommitThenReveal)) {
      if (too_early) return fail(Error::kMalformed);
      if (committed->second != code_commitment(epoch_authenticator, sender, reveal->nonce)) {
        spoilt_by_ = sender;
        started_.reset();
        return fail(Error::kUnauthenticated);
      }
    }
    nonces_[sender] = reveal->nonce;
  }
  go_on(epoch_authenticator);
  return {};
}

// Shows my nonce when the hashes of all are there, and makes the code when their nonces are.
void GroupCode::go_on(const Secret<32>& epoch_authenticator) {
  if (!revealed_ &&
      (hashes_.size() == participants_.size() || !policy_.has(Rule::kCommitThenReveal))) {
    revealed_ = true;
    nonces_[own_leaf_] = nonce_;
    messages_.push_back(CodeReveal{round_, nonce_});
  }
  if (nonces_.size() == participants_.size() && !code_) {
    code_ = short_code(epoch_authenticator, nonces_);
  }
}

void GroupCode::begin_epoch(const std::vector<mls::LeafIndex>& stayed,
                            const Secret<32>& epoch_authenticator, RandomSource& random, Time now) {
  messages_.clear();
  round_ = 0;
  last_start_.reset();
  std::vector<mls::LeafIndex> still;
  for (const mls::LeafIndex leaf : participants_) {
    if (std::find(stayed.begin(), stayed.end(), leaf) != stayed.end()) still.push_back(leaf);
  }
  if (!in_progress(now)) {
    participants_ = std::move(still);
    return started_.reset();
  }
  const bool ask_again = started_by_me_;
  started_.reset();
  code_.reset();
  if (ask_again) start(std::move(still), epoch_authenticator, random, now);
}

std::vector<CodeMessage> GroupCode::take_messages() {
  return std::exchange(messages_, {});
}

bool GroupCode::in_progress(Time now) const {
  return started_ && !code_ && *started_ + kLongest > now;
}

}  // namespace sotto::room
