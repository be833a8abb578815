#include "e2ee/link_key_provider.h"

namespace sotto {

LinkKeyProvider::LinkKeyProvider(LinkKeys keys, std::size_t capacity)
    : keys_(std::move(keys)), capacity_(capacity) {}

Result<void> LinkKeyProvider::announce(std::uint64_t kid) {
  if (announced_.count(kid) != 0) return {};
  if (announced_.size() >= capacity_) return fail(Error::kExhausted);
  announced_.insert(kid);
  return {};
}

bool LinkKeyProvider::withdraw(std::uint64_t kid) {
  return announced_.erase(kid) != 0;
}

Result<Secret<32>> LinkKeyProvider::key_for(std::uint64_t kid) {
  if (announced_.count(kid) == 0) return fail(Error::kUnknownKey);
  return keys_.base_key(kid);
}

}  // namespace sotto
