// The keys whose tokens are taken. A token's `kid` and `alg` choose one of them, or none; keys are
// never tried in turn.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "auth/key.h"
#include "auth/refusal.h"

namespace sotto::bridge::auth {

class KeySet {
 public:
  // An empty `kid` for a key without a name, which takes tokens of all names that no other key has.
  // False when another key has that name (or, of those without, that algorithm).
  bool add(std::string kid, Key key);

  bool empty() const { return named_.empty() && nameless_.empty(); }
  std::size_t size() const { return named_.size() + nameless_.size(); }

  // The key for a token with this header; otherwise null, and why.
  const Key* find(std::string_view kid, Algorithm algorithm, Refusal& why) const;

 private:
  std::map<std::string, Key, std::less<>> named_;
  std::vector<Key> nameless_;
};

}  // namespace sotto::bridge::auth
