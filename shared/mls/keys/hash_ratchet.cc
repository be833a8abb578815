#include "mls/keys/hash_ratchet.h"

#include <algorithm>

#include "mls/keys/expand_with_label.h"

namespace sotto::mls {
namespace {

KeyAndNonce key_of(Suite suite, const Secret<kNh>& secret, std::uint32_t generation) {
  KeyAndNonce made(suite);
  (void)derive_tree_secret(secret.view(), "nonce", generation, made.writable_nonce());
  (void)derive_tree_secret(secret.view(), "key", generation, made.writable_key());
  return made;
}

void advance(Secret<kNh>& secret, std::uint32_t generation) {
  Secret<kNh> next;
  (void)derive_tree_secret(secret.view(), "secret", generation, next.writable());
  secret = std::move(next);
}

template <typename Keys>
auto find(Keys& skipped, std::uint32_t generation) {
  return std::find_if(skipped.begin(), skipped.end(),
                      [=](const SkippedKey& key) { return key.generation == generation; });
}

}  // namespace

Result<HashRatchet::Step> HashRatchet::peek(Suite suite, std::uint32_t generation,
                                            const RatchetLimits& limits) const {
  if (generation < next_generation_) {
    const auto kept = find(skipped_, generation);
    if (kept == skipped_.end()) return fail(Error::kReplayed);
    return Step{kept->key_and_nonce.copy(), generation, true, {}, {}};
  }
  if (generation - next_generation_ > limits.max_ahead) return fail(Error::kTooLarge);
  Secret<kNh> secret(secret_.view());
  std::vector<SkippedKey> skipped;
  for (auto at = static_cast<std::uint32_t>(next_generation_); at != generation; ++at) {
    if (generation - at <= limits.max_skipped) {
      skipped.push_back({at, key_of(suite, secret, at)});
    }
    advance(secret, at);
  }
  KeyAndNonce key_and_nonce = key_of(suite, secret, generation);
  advance(secret, generation);
  return Step{std::move(key_and_nonce), generation, false, std::move(secret), std::move(skipped)};
}

void HashRatchet::take(Step& step, const RatchetLimits& limits) {
  if (step.was_skipped) {
    skipped_.erase(find(skipped_, step.generation));
    return;
  }
  secret_ = std::move(step.next_secret);
  next_generation_ = std::uint64_t{step.generation} + 1;
  const std::size_t all = skipped_.size() + step.skipped.size();
  const std::size_t excess = all > limits.max_skipped ? all - limits.max_skipped : 0;
  // peek derives no more than max_skipped, so what has to go is among the older ones.
  skipped_.erase(skipped_.begin(), skipped_.begin() + static_cast<std::ptrdiff_t>(excess));
  for (SkippedKey& key : step.skipped) skipped_.push_back(std::move(key));
}

}  // namespace sotto::mls
