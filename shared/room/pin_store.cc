#include "room/pin_store.h"

#include <algorithm>
#include <cstring>

#include "base/byte_reader.h"
#include "base/byte_writer.h"
#include "room/display_name.h"

namespace sotto::room {
namespace {

constexpr std::uint8_t kVersion = 1;

}  // namespace

const PinStore::Pin* PinStore::rival(const LeafIdentity& who) const {
  if (!policy_.has(Rule::kPins)) return nullptr;
  const std::string folded = folded_name(who.name);
  for (const auto& [key, pin] : pins_) {
    if (key != who.identity_key && folded_name(pin.name) == folded) return &pin;
  }
  return nullptr;
}

Standing PinStore::standing(const LeafIdentity& who) const {
  if (rival(who) != nullptr) return Standing::kChanged;
  const auto known = pins_.find(who.identity_key);
  if (known == pins_.end()) return Standing::kNew;
  return known->second.verified ? Standing::kVerified : Standing::kPinned;
}

Standing PinStore::meet(const LeafIdentity& who) {
  const Standing before = standing(who);
  if (before != Standing::kChanged) pin(who, false);
  return before;
}

void PinStore::verify(const LeafIdentity& who) {
  accept_change(who);
  pin(who, true);
}

void PinStore::accept_change(const LeafIdentity& who) {
  const std::string folded = folded_name(who.name);
  for (auto it = pins_.begin(); it != pins_.end();) {
    const bool is_rival = it->first != who.identity_key && folded_name(it->second.name) == folded;
    it = is_rival ? pins_.erase(it) : std::next(it);
  }
  pin(who, false);
}

void PinStore::forget(const IdentityKey& key) {
  pins_.erase(key);
}

void PinStore::pin(const LeafIdentity& who, bool verified) {
  if (pins_.count(who.identity_key) == 0) make_room();
  Pin& pin = pins_[who.identity_key];
  pin.name = who.name;
  pin.verified = pin.verified || verified;
  pin.last_use = ++uses_;
}

// The one not met for longest goes; the verified go last.
void PinStore::make_room() {
  if (pins_.size() < kCapacity) return;
  pins_.erase(std::min_element(pins_.begin(), pins_.end(), [](const auto& a, const auto& b) {
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
  std::sort(ordered.begin(), ordered.end(),
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
    const Pin pin{std::string(as_text(name)), verified == 1, ++uses};
    if (!pins.emplace(key, pin).second) return fail(Error::kMalformed);
    if (pins.size() > kCapacity) return fail(Error::kTooLarge);
  }
  pins_ = std::move(pins);
  uses_ = uses;
  return {};
}

}  // namespace sotto::room
