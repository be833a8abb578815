#include "room/pin_store.h"

#include <algorithm>
#include <cstring>

#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "base/sort.h"
#include "room/display_name.h"

namespace sotto::room {
namespace {

constexpr std::uint8_t kVersion = 1;

}  // namespace

bool PinStore::has_rival(const LeafIdentity& who) const {
  if (!policy_.has(Rule::kPins)) return false;
  const auto [begin, end] = by_name_.equal_range(folded_name(who.name));
  return std::any_of(begin, end, [&](const auto& one) { return one.second != who.identity_key; });
}

Standing PinStore::standing(const LeafIdentity& who) const {
  if (has_rival(who)) return Standing::kChanged;
  const auto known = pins_.find(who.identity_key);
  if (known == pins_.end()) return Standing::kNew;
  const bool verified = known->second.verified && known->second.folded == folded_name(who.name);
  return verified ? Standing::kVerified : Standing::kPinned;
}

Standing PinStore::meet(const LeafIdentity& who) {
  const Standing before = standing(who);
  const auto known = pins_.find(who.identity_key);
  if (known != pins_.end() && known->second.verified) {
    known->second.last_use = ++uses_;
  } else if (before != Standing::kChanged) {
    pin(who, false);
  }
  return before;
}

void PinStore::verify(const LeafIdentity& who) {
  accept_change(who);
  pin(who, true);
}

void PinStore::accept_change(const LeafIdentity& who) {
  const std::string folded = folded_name(who.name);
  for (auto it = pins_.begin(); it != pins_.end();) {
    const auto next = std::next(it);
    if (it->first != who.identity_key && it->second.folded == folded) erase(it);
    it = next;
  }
  pin(who, false);
}

void PinStore::forget(const IdentityKey& key) {
  if (const auto known = pins_.find(key); known != pins_.end()) erase(known);
}

void PinStore::erase(Pins::iterator pin) {
  const auto [begin, end] = by_name_.equal_range(pin->second.folded);
  const auto at =
      std::find_if(begin, end, [&](const auto& one) { return one.second == pin->first; });
  if (at != end) by_name_.erase(at);
  pins_.erase(pin);
}

void PinStore::pin(const LeafIdentity& who, bool verified) {
  if (const auto known = pins_.find(who.identity_key); known != pins_.end()) {
    verified = verified || known->second.verified;
    erase(known);
  } else {
    make_room();
  }
  std::string folded = folded_name(who.name);
  by_name_.emplace(folded, who.identity_key);
  pins_[who.identity_key] = {who.name, std::move(folded), verified, ++uses_};
}

// The one not met for longest goes; the verified go last.
void PinStore::make_room() {
  if (pins_.size() < kCapacity) return;
  erase(std::min_element(pins_.begin(), pins_.end(), [](const auto& a, const auto& b) {
    if (a.second.verified != b.second.verified) return b.second.verified;
    return a.second.last_use < b.second.last_use;
  }));
}

std::vector<std::uint8_t> PinStore::save() const {
  std::vector<const Pins::value_type*> ordered;
  std::size_t size = 1;
  for (const auto& entry : pins_) {
    ordered.push_back(&entry);
    size += entry.first.size() + 2 + entry.second.name.size();
  }
  sort(ordered,
       [](const auto* a, const auto* b) { return a->second.last_use < b->second.last_use; });
  std::vector<std::uint8_t> saved(size);
  ByteWriter writer(saved);
  writer.u8(kVersion);
  for (const auto* entry : ordered) {
    writer.bytes(entry->first);
    writer.u8(entry->second.verified ? 1 : 0);
    writer.u8(static_cast<std::uint8_t>(entry->second.name.size()));
    writer.bytes(as_bytes(entry->second.name));
  }
  return saved;
}

Result<void> PinStore::restore(ByteView saved) {
  ByteReader reader(saved);
  TRY(const std::uint8_t version, reader.u8());
  if (version != kVersion) return fail(Error::kUnsupported);
  Pins pins;
  std::uint64_t uses = 0;
  while (!reader.empty()) {
    IdentityKey key;
    TRY(const ByteView key_bytes, reader.bytes(key.size()));
    std::memcpy(key.data(), key_bytes.data(), key.size());
    TRY(const std::uint8_t verified, reader.u8());
    TRY(const std::uint8_t size, reader.u8());
    TRY(const ByteView name, reader.bytes(size));
    if (verified > 1 || !check_name(as_text(name))) return fail(Error::kMalformed);
    const Pin pin{std::string(as_text(name)), folded_name(as_text(name)), verified == 1, ++uses};
    if (!pins.emplace(key, pin).second) return fail(Error::kMalformed);
    if (pins.size() > kCapacity) return fail(Error::kTooLarge);
  }
  pins_ = std::move(pins);
  by_name_.clear();
  for (const auto& [key, pin] : pins_) by_name_.emplace(pin.folded, key);
  uses_ = uses;
  return {};
}

}  // namespace sotto::room
