#include "mls/tree/key_index.h"

#include <bit>
#include <cstring>

namespace sotto::mls {
namespace {

constexpr std::uint16_t kKeyBits = kNpk * 8;

bool bit_of(const std::uint8_t* key, std::uint16_t bit) {
  return (key[bit / 8] >> (7 - bit % 8) & 1) != 0;
}

// kKeyBits for equal keys.
std::uint16_t first_difference(const std::uint8_t* a, const std::uint8_t* b) {
  for (std::uint16_t i = 0; i < kNpk; ++i) {
    std::uint8_t difference = a[i] ^ b[i];
    if (difference != 0) return static_cast<std::uint16_t>(i * 8 + std::countl_zero(difference));
  }
  return kKeyBits;
}

}  // namespace

// Either a key, and then `bit` is kKeyBits, or a fork: all keys below agree before `bit`, and that
// bit says on which side a key is.
struct KeyIndex::Entry {
  std::uint16_t bit = kKeyBits;
  std::uint32_t place = 0;
  std::array<std::uint8_t, kNpk> key = {};
  EntryPointer below[2];

  bool is_fork() const { return bit < kKeyBits; }
  // Of a fork.
  EntryPointer& towards(const std::uint8_t* wanted) { return below[bit_of(wanted, bit)]; }

  // A slot's entry for this index alone, so that it may be changed.
  static Entry& own(EntryPointer& slot) {
    if (slot.use_count() > 1) slot = std::make_shared<Entry>(*slot);
    return *slot;
  }
};

// The only key that could be `key`. There is one.
const KeyIndex::Entry& KeyIndex::closest(const std::uint8_t* key) const {
  Entry* entry = root_.get();
  while (entry->is_fork()) entry = entry->towards(key).get();
  return *entry;
}

std::optional<std::uint32_t> KeyIndex::find(ByteView key) const {
  if (root_ == nullptr || key.size() != kNpk) return std::nullopt;
  const Entry& entry = closest(key.data());
  if (!equal(entry.key, key)) return std::nullopt;
  return entry.place;
}

Result<void> KeyIndex::insert(ByteView key, std::uint32_t place) {
  if (key.size() != kNpk) return fail(Error::kMalformed);
  std::uint16_t difference = 0;
  if (root_ != nullptr) difference = first_difference(closest(key.data()).key.data(), key.data());
  if (difference == kKeyBits) return fail(Error::kAlreadyExists);

  auto added = std::make_shared<Entry>();
  added->place = place;
  std::memcpy(added->key.data(), key.data(), kNpk);
  ++size_;

  EntryPointer* slot = &root_;
  while (*slot != nullptr && (*slot)->bit < difference) {
    slot = &Entry::own(*slot).towards(key.data());
  }
  if (*slot == nullptr) {
    *slot = std::move(added);
    return {};
  }
  auto fork = std::make_shared<Entry>();
  fork->bit = difference;
  bool side = bit_of(key.data(), difference);
  fork->below[side] = std::move(added);
  fork->below[!side] = std::move(*slot);
  *slot = std::move(fork);
  return {};
}

void KeyIndex::erase(ByteView key) {
  EntryPointer* fork = nullptr;
  EntryPointer* slot = &root_;
  while ((*slot)->is_fork()) {
    fork = slot;
    slot = &Entry::own(*slot).towards(key.data());
  }
  --size_;
  if (fork == nullptr) {
    root_.reset();
    return;
  }
  EntryPointer other = (*fork)->below[!bit_of(key.data(), (*fork)->bit)];
  *fork = std::move(other);
}

}  // namespace sotto::mls
