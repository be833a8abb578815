// Which node holds a public key, for the rule that no key stands in a tree twice (RFC 9420 sections
// 7.3, 12.4.2 and 12.4.3.1).
//
// A crit-bit tree whose nodes are immutable once shared: copies cost nothing, a change after a copy
// rebuilds one way down. Whatever keys an attacker picks, memory is one node a key and no way is
// longer than a key has bits.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "base/bytes.h"
#include "base/result.h"
#include "mls/keys/suite.h"

namespace sotto::mls {

class KeyIndex {
 public:
  std::optional<std::uint32_t> find(ByteView key) const;

  // kAlreadyExists for a key that is there, kMalformed for one that is not kNpk bytes; both leave
  // everything as it was.
  Result<void> insert(ByteView key, std::uint32_t place);
  // `key` is there.
  void erase(ByteView key);

  std::size_t size() const { return size_; }

 private:
  struct Entry;
  using EntryPointer = std::shared_ptr<Entry>;
  const Entry& closest(const std::uint8_t* key) const;

  EntryPointer root_;
  std::size_t size_ = 0;
};

}  // namespace sotto::mls
