#include "auth/key_set.h"

#include <algorithm>
#include <utility>

namespace sotto::bridge::auth {

bool KeySet::add(std::string kid, Key key) {
  if (!kid.empty()) return named_.emplace(std::move(kid), std::move(key)).second;
  const auto same = [&](const Key& other) { return other.algorithm() == key.algorithm(); };
  if (std::any_of(nameless_.begin(), nameless_.end(), same)) return false;
  nameless_.push_back(std::move(key));
  return true;
}

const Key* KeySet::find(std::string_view kid, Algorithm algorithm, Refusal& why) const {
  if (const auto found = named_.find(kid); !kid.empty() && found != named_.end()) {
    if (found->second.algorithm() == algorithm) return &found->second;
    why = Refusal::kAlgorithm;
    return nullptr;
  }
  for (const Key& key : nameless_) {
    if (key.algorithm() == algorithm) return &key;
  }
  // One key in all is meant by a token that names none.
  if (kid.empty() && nameless_.empty() && named_.size() == 1) {
    const Key& only = named_.begin()->second;
    if (only.algorithm() == algorithm) return &only;
    why = Refusal::kAlgorithm;
    return nullptr;
  }
  why = nameless_.empty() ? Refusal::kKey : Refusal::kAlgorithm;
  return nullptr;
}

}  // namespace sotto::bridge::auth
