// The keys of one sender by index, with their ratchets and retention.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>

#include "base/result.h"
#include "base/time.h"
#include "e2ee/participant.h"
#include "e2ee/sender_keys.h"
#include "sframe/ratchet.h"

namespace sotto {

class SenderKeyRing {
 public:
  struct Slot {
    Slot(std::uint8_t number, KeyKind key_kind, Secret<32>&& key_mark, std::uint64_t set,
         BaseKey&& key)
        : index(number),
          kind(key_kind),
          mark(std::move(key_mark)),
          order(set),
          ratchet(std::move(key)) {}

    std::uint8_t index;
    KeyKind kind;
    Secret<32> mark;  // tells whether a key is the same, also after it was ratcheted
    std::uint64_t order;
    Ratchet ratchet;
    std::optional<Time> expiry;
  };

  // False when the index has this very key already; kAlreadyExists when it has another. Over
  // kMaxSenderKeys the one set first is retired, but `in_use` is not; `retired` is told its index.
  template <typename Retired>
  Result<bool> add(std::uint8_t index, KeyKind kind, BaseKey&& key,
                   std::optional<std::uint8_t> in_use, Retired retired) {
    TRY(Secret<32> && mark, mark_of(kind, key));
    TRY(const bool fresh, is_fresh(index, mark));
    if (!fresh) return false;
    if (const Slot* oldest = to_make_room(in_use)) {
      const std::uint8_t gone = oldest->index;
      erase(gone);
      retired(gone);
    }
    insert(index, kind, std::move(mark), std::move(key));
    return true;
  }

  // Null when there is none.
  Slot* find(std::uint8_t index);

  // Why there is none: kExpired or kUnknownKey.
  Error why_absent(std::uint8_t index) const {
    return retired_.test(index) ? Error::kExpired : Error::kUnknownKey;
  }

  // False when there was none.
  bool erase(std::uint8_t index);

  // Puts every key that was set before `slot` on the clock. True when that changed something.
  bool expire_older(const Slot& slot, Time at);

  // Retires what is due; `retired` is told the indexes.
  template <typename Retired>
  void expire(Time now, Retired retired) {
    for (const std::optional<Slot>& slot : slots_) {
      if (!slot || !slot->expiry || *slot->expiry > now) continue;
      const std::uint8_t index = slot->index;
      erase(index);
      retired(index);
    }
  }
  std::optional<Time> next_expiry() const;

 private:
  static Result<Secret<32>> mark_of(KeyKind kind, const BaseKey& key);
  Result<bool> is_fresh(std::uint8_t index, const Secret<32>& mark);
  const Slot* to_make_room(std::optional<std::uint8_t> in_use) const;
  void insert(std::uint8_t index, KeyKind kind, Secret<32>&& mark, BaseKey&& key);

  std::array<std::optional<Slot>, kMaxSenderKeys> slots_;
  std::bitset<256> retired_;
  std::uint64_t orders_ = 0;
};

}  // namespace sotto
