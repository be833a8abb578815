#include "room/epoch_keys.h"

#include <algorithm>

namespace sotto::room {
namespace {

void keep_the_earlier(std::optional<Time>& end, Time other) {
  if (!end || other < *end) end = other;
}

}  // namespace

void EpochKeys::begin_epoch(EpochSecrets secrets, const std::vector<mls::LeafIndex>& removed,
                            Time now) {
  if (policy_.has(Rule::kEpochsEnd)) {
    if (!epochs_.empty()) keep_the_earlier(epochs_.back().ends, now + kKeep);
    for (Epoch& epoch : epochs_) {
      if (!removed.empty()) keep_the_earlier(epoch.ends, now + kKeepAfterRemove);
      for (const mls::LeafIndex leaf : removed) drop_leaf(epoch, leaf);
    }
  }
  for (const mls::LeafIndex leaf : removed) heard_in_.erase(leaf);
  Epoch epoch;
  epoch.leaf_bits = leaf_bits_of(secrets.leaf_width);
  epoch.occupied.resize(secrets.leaf_width);
  epoch.retired.resize(secrets.leaf_width);
  for (const mls::LeafIndex leaf : secrets.members) {
    if (leaf.value < secrets.leaf_width) epoch.occupied[leaf.value] = true;
  }
  epoch.secrets = std::move(secrets);
  epochs_.push_back(std::move(epoch));
  while (epochs_.size() > kMaxEpochs) drop_oldest();
  expire(now);
}

const EpochKeys::Epoch* EpochKeys::epoch_of(std::uint64_t kid) const {
  const auto found = std::find_if(epochs_.begin(), epochs_.end(), [&](const Epoch& epoch) {
    return static_cast<std::uint8_t>(epoch.secrets.epoch) == static_cast<std::uint8_t>(kid);
  });
  return found == epochs_.end() ? nullptr : &*found;
}

std::optional<FrameSource> EpochKeys::source_of(std::uint64_t kid) const {
  const Epoch* epoch = epoch_of(kid);
  if (epoch == nullptr) return std::nullopt;
  const auto parts = GroupKid::of(kid, epoch->leaf_bits);
  if (!parts || !epoch->occupied[parts->leaf.value] || parts->leaf == own_leaf_) {
    return std::nullopt;
  }
  return FrameSource{epoch->secrets.epoch, parts->leaf, parts->context};
}

bool EpochKeys::may_come(std::uint64_t kid) const {
  if (epochs_.empty() || epoch_of(kid) != nullptr) return false;
  const auto ahead = static_cast<std::uint8_t>(kid - epochs_.back().secrets.epoch);
  return ahead <= kMaxAhead;
}

Result<Secret<32>> EpochKeys::key_for(std::uint64_t kid) {
  const Epoch* epoch = epoch_of(kid);
  if (epoch == nullptr) {
    return fail(may_come(kid) || epochs_.empty() ? Error::kUnknownKey : Error::kExpired);
  }
  if (!source_of(kid)) {
    const auto parts = GroupKid::of(kid, epoch->leaf_bits);
    return fail(parts && epoch->retired[parts->leaf.value] ? Error::kExpired : Error::kUnknownKey);
  }
  const mls::Bytes& base_key = epoch->secrets.base_key;
  if (base_key.size() != 32) return fail(Error::kUnsupported);
  return Secret<32>(ByteView(base_key).first<32>());
}

void EpochKeys::opened(std::uint64_t kid, Time now) {
  const auto source = source_of(kid);
  if (!source) return;
  auto& newest = heard_in_[source->leaf];
  if (source->epoch <= newest) return;
  newest = source->epoch;
  if (!policy_.has(Rule::kEpochsEnd)) return;
  for (Epoch& epoch : epochs_) {
    if (epoch.secrets.epoch >= source->epoch) break;
    epoch.leaf_ends.emplace(source->leaf, now + kKeepAfterNewer);
  }
}

void EpochKeys::drop_leaf(Epoch& epoch, mls::LeafIndex leaf) {
  if (leaf.value >= epoch.occupied.size() || !epoch.occupied[leaf.value]) return;
  epoch.occupied[leaf.value] = false;
  epoch.retired[leaf.value] = true;
  keys_.erase_if([&](std::uint64_t kid) {
    const auto parts = GroupKid::of(kid, epoch.leaf_bits);
    return parts && parts->leaf == leaf &&
           parts->epoch == static_cast<std::uint8_t>(epoch.secrets.epoch);
  });
}

void EpochKeys::drop_oldest() {
  const auto low = static_cast<std::uint8_t>(epochs_.front().secrets.epoch);
  keys_.erase_if([&](std::uint64_t kid) { return static_cast<std::uint8_t>(kid) == low; });
  epochs_.erase(epochs_.begin());
}

void EpochKeys::expire(Time now) {
  // Ends come in the order of epochs: what ends an epoch ends all before it.
  while (!epochs_.empty() && epochs_.front().ends && *epochs_.front().ends <= now) drop_oldest();
  for (Epoch& epoch : epochs_) {
    for (auto it = epoch.leaf_ends.begin(); it != epoch.leaf_ends.end();) {
      if (it->second > now) {
        ++it;
        continue;
      }
      drop_leaf(epoch, it->first);
      it = epoch.leaf_ends.erase(it);
    }
  }
}

std::optional<Time> EpochKeys::next_expiry() const {
  std::optional<Time> next;
  for (const Epoch& epoch : epochs_) {
    if (epoch.ends) keep_the_earlier(next, *epoch.ends);
    for (const auto& [leaf, end] : epoch.leaf_ends) keep_the_earlier(next, end);
  }
  return next;
}

}  // namespace sotto::room
