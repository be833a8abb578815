#include "compat/ratchet_key.h"

#include <utility>

namespace sotto {

Result<RatchetKey::Step> RatchetKey::step_from(ByteView material) const {
  TRY(RatchetStep derived, derive_(material));
  const ByteView key = ByteView(derived.key.view()).first(sizes(algorithm_).key);
  TRY(std::unique_ptr<Aead> cipher, make_aead(algorithm_, key));
  return Step{.next = std::move(derived.next), .cipher = std::move(cipher)};
}

Result<RatchetKey> RatchetKey::create(AeadAlgorithm algorithm, DeriveStep derive, bool ratchets,
                                      ByteView material) {
  RatchetKey key(algorithm, derive, ratchets);
  TRY(key.steps_[0], key.step_from(material));
  return key;
}

Result<void> RatchetKey::ratchet(Time now) {
  if (!ratchets_) return fail(Error::kWrongState);
  if (!reach(1)) return fail(Error::kUnsupported);
  advance(1, now);
  return {};
}

void RatchetKey::replace_with(RatchetKey newer, Time now) {
  newer.keep(std::move(steps_[0]->cipher), now);
  *this = std::move(newer);
}

void RatchetKey::expire(Time now) {
  if (now >= previous_until_) previous_.reset();
}

Aead* RatchetKey::candidate(std::size_t n, Time now) {
  if (n == 0) return steps_[0]->cipher.get();
  if (n == 1) {
    expire(now);
    return previous_.get();
  }
  if (!ratchets_ || n >= kCandidates || !reach(n - 1)) return nullptr;
  return steps_[n - 1]->cipher.get();
}

bool RatchetKey::proved(std::size_t n, Time now) {
  if (n < 2) return false;
  advance(n - 1, now);
  return true;
}

// Steps are computed in order, each from the one before.
bool RatchetKey::reach(std::size_t step) {
  for (std::size_t i = 1; i <= step; ++i) {
    if (steps_[i].has_value()) continue;
    auto next = step_from(steps_[i - 1]->next.view());
    if (!next) return false;
    steps_[i] = *std::move(next);
  }
  return true;
}

void RatchetKey::advance(std::size_t steps, Time now) {
  keep(std::move(steps_[0]->cipher), now);
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    if (i + steps < steps_.size()) {
      steps_[i] = std::move(steps_[i + steps]);
    } else {
      steps_[i].reset();
    }
  }
}

void RatchetKey::keep(std::unique_ptr<Aead> cipher, Time now) {
  previous_ = std::move(cipher);
  previous_until_ = now + kRetention;
}

}  // namespace sotto
