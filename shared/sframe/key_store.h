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
#include <memory>
#include <optional>
#include <vector>

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

  // Raises the bounds: what more there is may be put, and stay, from now on. Never lowers them.
  void grow(std::size_t capacity, std::size_t retired_windows);

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
    const std::size_t before = size_;
    for (auto& record : records_) {
      if (record->decryptor && matches(record->kid)) retire(*record);
    }
    sweep();
    return before - size_;
  }

  // The key goes away at the first `expire` at or after `at`. False when there is no such KID.
  bool set_expiry(std::uint64_t kid, Time at);
  // The same for all KIDs for which `matches(kid)`, but for those that expire earlier already.
  template <typename Matches>
  void set_expiry_if(Matches matches, Time at) {
    for (auto& record : records_) {
      if (!record->decryptor || !matches(record->kid)) continue;
      if (!record->expiry || at < *record->expiry) record->expiry = at;
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

  bool contains(std::uint64_t kid) const { return find(kid) != nullptr; }
  // Why a KID has no key: kExpired or kUnknownKey.
  Error why_absent(std::uint64_t kid) const;
  std::size_t size() const { return size_; }
  std::size_t retired() const { return retired_; }
  std::size_t remembered() const { return expired_; }

 private:
  // Tells whether a key is one that was here before, without keeping it.
  using KeyMark = std::array<std::uint8_t, 32>;
  // All that is known of a KID: its key, or the window of the one that went, or that it expired.
  struct Record {
    std::uint64_t kid = 0;
    std::optional<Decryptor> decryptor;
    KeyMark mark{};  // of the key that it has or had
    std::optional<Time> expiry;
    ReplayWindow window;  // of the key that went
    // When, counted in `events_`; 0 when it is not so.
    std::uint64_t last_use = 0;
    std::uint64_t retired_at = 0;
    std::uint64_t expired_at = 0;
  };
  using Records = std::vector<std::unique_ptr<Record>>;

  static Result<KeyMark> mark_of(CipherSuite suite, ByteView base_key);
  std::size_t position_of(std::uint64_t kid) const;
  Record* record_of(std::uint64_t kid) const;
  Record* oldest(std::uint64_t Record::*event) const;
  ReplayWindow window_of(std::uint64_t kid, const KeyMark& mark) const;
  void add(std::uint64_t kid, Decryptor&& decryptor, const KeyMark& mark);
  void retire(Record& record);
  void put_away(Record& record);
  void sweep();

  std::size_t capacity_;
  std::size_t retired_windows_;
  std::uint64_t events_ = 0;
  Records records_;  // in order of KID; ordered, so that chosen KIDs make no lookup slow
  std::size_t size_ = 0;
  std::size_t retired_ = 0;
  std::size_t expired_ = 0;
};

}  // namespace sotto
