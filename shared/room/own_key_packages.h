// The KeyPackages by which I ask to be let in (security profile, sections 2 and 4): each with a
// fresh leaf key, used once, sealed for those who hold the link. The last few are kept, since a
// Welcome may come for one that I have already replaced, and since others who are alone may welcome
// me all at once: until I have settled in a group.
#pragma once

#include <list>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "e2ee/link_keys.h"
#include "mls/group/group.h"
#include "mls/wire/reader.h"
#include "mls/wire/writer.h"
#include "room/session_config.h"

namespace sotto::room {

// What a leaf of mine says, for this leaf key.
Result<mls::LeafNodeOptions> own_leaf_node(const SessionConfig& config,
                                           const Ed25519PublicKey& leaf_key,
                                           std::uint64_t unix_seconds);
// Ten minutes at most, begun a little before so that clocks may differ.
mls::Lifetime key_package_lifetime(std::uint64_t unix_seconds);

class OwnKeyPackages {
 public:
  static constexpr std::size_t kKept = 4;
  static constexpr std::size_t kRemembered = 4096;

  // A fresh one, sealed.
  Result<std::vector<std::uint8_t>> make(const SessionConfig& config, const LinkKeys& keys,
                                         std::uint64_t unix_seconds, RandomSource& random);

  // kNotFound when the Welcome is for none of them.
  Result<mls::Group> join(ByteView welcome, const mls::JoinOptions& options) const;

  bool has(ByteView reference) const;
  // Whether I have made it, though its keys may be gone by now.
  bool made(ByteView reference) const;
  void clear() { kept_.clear(); }
#ifndef __EMSCRIPTEN__
  // Which ones I have made:  opaque reference<V> made<V>
  void save(mls::Writer& out) const;
  // kTooLarge sticks to `in` for more than are remembered.
  void restore(mls::Reader& in);
#endif

 private:
  struct Kept {
    mls::Bytes reference;
    mls::OwnKeyPackage key_package;
  };
  std::list<Kept> kept_;
  std::list<mls::Bytes> made_;  // references
};

}  // namespace sotto::room
