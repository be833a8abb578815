#include "e2ee/sender_key_ring.h"

#include "crypto/constant_time.h"

namespace sotto {

Result<Secret<32>> SenderKeyRing::mark_of(KeyKind kind, const BaseKey& key) {
  const std::uint8_t number[1] = {static_cast<std::uint8_t>(kind)};
  Secret<32> mark;
  TRY_VOID(hmac(Hash::kSha256, key.view(), {as_bytes("sotto sender key mark"), number},
                mark.writable()));
  return mark;
}

Result<bool> SenderKeyRing::is_fresh(std::uint8_t index, const Secret<32>& mark) {
  const Slot* slot = find(index);
  if (slot == nullptr) return true;
  if (!equal_constant_time(slot->mark.view(), mark.view())) return fail(Error::kAlreadyExists);
  return false;
}

const SenderKeyRing::Slot* SenderKeyRing::to_make_room(std::optional<std::uint8_t> in_use) const {
  const Slot* oldest = nullptr;
  for (const std::optional<Slot>& slot : slots_) {
    if (!slot) return nullptr;
    if (slot->index == in_use) continue;
    if (oldest == nullptr || slot->order < oldest->order) oldest = &*slot;
  }
  return oldest;
}

void SenderKeyRing::insert(std::uint8_t index, KeyKind kind, Secret<32>&& mark, BaseKey&& key) {
  retired_.reset(index);
  for (std::optional<Slot>& slot : slots_) {
    if (slot) continue;
    slot.emplace(index, kind, std::move(mark), ++orders_, std::move(key));
    return;
  }
}

SenderKeyRing::Slot* SenderKeyRing::find(std::uint8_t index) {
  for (std::optional<Slot>& slot : slots_) {
    if (slot && slot->index == index) return &*slot;
  }
  return nullptr;
}

bool SenderKeyRing::erase(std::uint8_t index) {
  for (std::optional<Slot>& slot : slots_) {
    if (!slot || slot->index != index) continue;
    slot.reset();
    retired_.set(index);
    return true;
  }
  return false;
}

bool SenderKeyRing::expire_older(const Slot& slot, Time at) {
  bool changed = false;
  for (std::optional<Slot>& each : slots_) {
    if (!each || each->order >= slot.order || each->expiry) continue;
    each->expiry = at;
    changed = true;
  }
  return changed;
}

std::optional<Time> SenderKeyRing::next_expiry() const {
  std::optional<Time> next;
  for (const std::optional<Slot>& slot : slots_) {
    if (slot && slot->expiry && (!next || *slot->expiry < *next)) next = slot->expiry;
  }
  return next;
}

}  // namespace sotto
