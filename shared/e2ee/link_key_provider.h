// Link mode: derives base keys for the KIDs that members have announced, and for no others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "e2ee/key_provider.h"
#include "e2ee/link_keys.h"

namespace sotto {

class LinkKeyProvider : public KeyProvider {
 public:
  static constexpr std::size_t kDefaultCapacity = 4096;

  explicit LinkKeyProvider(LinkKeys&& keys, std::size_t capacity = kDefaultCapacity);

  // A member announced (in a sealed message) that it sends under this KID. Again is fine.
  // kExhausted at capacity: withdraw those who left.
  Result<void> announce(std::uint64_t kid);

  // False when it was not announced. A key already in a KeyStore stays there: erase it too.
  bool withdraw(std::uint64_t kid);

  Result<Secret<32>> key_for(std::uint64_t kid) override;

  std::size_t size() const { return announced_.size(); }

 private:
  bool is_announced(std::uint64_t kid) const;

  LinkKeys keys_;
  std::size_t capacity_;
  std::vector<std::uint64_t> announced_;  // in order
};

}  // namespace sotto
