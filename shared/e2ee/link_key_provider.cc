#include "e2ee/link_key_provider.h"

#include <algorithm>

namespace sotto {

LinkKeyProvider::LinkKeyProvider(LinkKeys&& keys, std::size_t capacity)
    : keys_(std::move(keys)), capacity_(capacity) {}

bool LinkKeyProvider::is_announced(std::uint64_t kid) const {
  return std::binary_search(announced_.begin(), announced_.end(), kid);
}

Result<void> LinkKeyProvider::announce(std::uint64_t kid) {
  if (is_announced(kid)) return {};
  if (announced_.size() >= capacity_) return fail(Error::kExhausted);
  announced_.insert(std::lower_bound(announced_.begin(), announced_.end(), kid), kid);
  return {};
}

bool LinkKeyProvider::withdraw(std::uint64_t kid) {
  return std::erase(announced_, kid) != 0;
}

Result<Secret<32>> LinkKeyProvider::key_for(std::uint64_t kid) {
  if (!is_announced(kid)) return fail(Error::kUnknownKey);
  return keys_.base_key(kid);
}

}  // namespace sotto
