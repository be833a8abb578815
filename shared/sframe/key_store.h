// The keys of all senders, by KID. Keys come from outside (link, MLS epoch, an app's own).
//
// Bounded in both directions that an attacker could push: a put over capacity pushes out the key
// that has opened nothing for longest, and a KID that went away keeps its replay window (the last
// kRetiredWindows of them), so that a server which makes an endpoint leave and come back cannot
// have its old media accepted again. The window counts for the same key only. The KIDs retired last
// (kRememberedKids of them) are remembered, so that a late frame has another cause than one of a
// KID that never was.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "base/bytes.h"
#include "base/result.h"
#include "base/time.h"
#include "sframe/cipher_suite.h"
#include "sframe/decryptor.h"

namespace sotto {

class KeyStore {
 public:
  static constexpr std::size_t kDefaultCapacity = 1024;
  static constexpr std::size_t kRetiredWindows = 1024;
  static constexpr std::size_t kRememberedKids = 1024;

  explicit KeyStore(std::size_t capacity = kDefaultCapacity,
                    std::size_t retired_windows = kRetiredWindows);

  // kAlreadyExists when the KID has a key: a key is never replaced under the same KID.
  // Pointers from `find` stay valid until their own KID goes.
  Result<void> put(std::uint64_t kid, CipherSuite suite, ByteView base_key);

  // As `put`, but the key stays only if this frame opens under it; see `decrypt`. For KIDs that
  // frames claim and nobody announced. A KID that has a key is kAlreadyExists.
  Result<std::size_t> put_if_opens(CipherSuite suite, ByteView base_key, const Header& header,
                                   std::size_t header_size, ByteView metadata, ByteView sframe,
                                   MutableBytes out);

  // Retires the key. False when there was none.
  bool erase(std::uint64_t kid);
  // Retires the keys of all KIDs for which `matches(kid)` and returns how many.
  template <typename Matches>
  std::size_t erase_if(Matches matches) {
    std::size_t erased = 0;
    for (auto entry = entries_.begin(); entry != entries_.end();) {
      const bool due = matches(entry->first);
      entry = due ? retire(entry) : std::next(entry);
      erased += due ? 1 : 0;
    }
    return erased;
  }

  // The key goes away at the first `expire` at or after `at`. False when there is no such KID.
  bool set_expiry(std::uint64_t kid, Time at);
  // The same for all KIDs for which `matches(kid)`, but for those that expire earlier already.
  template <typename Matches>
  void set_expiry_if(Matches matches, Time at) {
    for (auto& [kid, entry] : entries_) {
      if (matches(kid) && (!entry.expiry || at < *entry.expiry)) entry.expiry = at;
    }
  }
  // Retires what is due and returns how many.
  std::size_t expire(Time now);
  std::optional<Time> next_expiry() const;

  // See Decryptor::decrypt, with the key of header.kid: kUnknownKey when there is none,
  // kExpired when it has been retired. Only an authenticated frame counts as use, so forgeries
  // cannot decide which key is pushed out.
  Result<std::size_t> decrypt(const Header& header, std::size_t header_size, ByteView metadata,
                              ByteView sframe, MutableBytes out);

  // Null when unknown.
  const Decryptor* find(std::uint64_t kid) const;

  bool contains(std::uint64_t kid) const { return entries_.count(kid) != 0; }
  // Why a KID has no key: kExpired or kUnknownKey.
  Error why_absent(std::uint64_t kid) const;
  std::size_t size() const { return entries_.size(); }
  std::size_t retired() const { return retired_.size(); }
  std::size_t remembered() const { return expired_.size(); }

 private:
  // Tells whether a key is one that was here before, without keeping it.
  using KeyMark = std::array<std::uint8_t, 32>;
  struct Entry {
    Decryptor decryptor;
    KeyMark mark;
    std::uint64_t last_use = 0;
    std::optional<Time> expiry;
  };
  using Entries = std::unordered_map<std::uint64_t, Entry>;

  static Result<KeyMark> mark_of(CipherSuite suite, ByteView base_key);
  ReplayWindow window_of(std::uint64_t kid, const KeyMark& mark) const;
  void add(std::uint64_t kid, Decryptor decryptor, const KeyMark& mark);
  Entries::iterator retire(Entries::iterator entry);
  Entries::iterator put_away(Entries::iterator entry);
  void remember_expired(std::uint64_t kid);
  void evict_one();

  std::size_t capacity_;
  std::size_t retired_windows_;
  std::uint64_t uses_ = 0;
  Entries entries_;
  struct Retired {
    KeyMark mark;
    ReplayWindow window;
  };
  std::unordered_map<std::uint64_t, Retired> retired_;
  std::deque<std::uint64_t> retired_order_;  // oldest first
  std::unordered_set<std::uint64_t> expired_;
  std::deque<std::uint64_t> expired_order_;  // oldest first
};

}  // namespace sotto
