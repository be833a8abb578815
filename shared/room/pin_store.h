// Whom this browser or device has met (security profile, section 4): identity keys are pinned under
// their names on first use, and for good when people have verified them (section 10). What is kept
// is public: keys and names.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/bytes.h"
#include "base/result.h"
#include "room/identity.h"
#include "room/policy.h"

namespace sotto::room {

// What is known of somebody who shows an identity and a name.
enum class Standing : std::uint8_t {
  kNew,       // neither has been met
  kPinned,    // this identity has been met, and nobody else goes by this name
  kVerified,  // and a person has verified it
  kChanged,   // the name is pinned, on another identity
};

class PinStore {
 public:
  static constexpr std::size_t kCapacity = 4096;

  explicit PinStore(Policy policy = {}) : policy_(policy) {}

  Standing standing(const LeafIdentity& who) const;

  // Pins whoever is new; tells how they stood before. A known identity under a new name that is
  // nobody else's is pinned under that one; a verified one is verified under the name that a person
  // has seen, and no other. Who is kChanged stays so until a person decides.
  Standing meet(const LeafIdentity& who);

  // A person has compared codes or fingerprints: pins and marks as verified, also the kChanged.
  void verify(const LeafIdentity& who);
  // A person takes the change for what it is: the name goes over to this identity.
  void accept_change(const LeafIdentity& who);
  void forget(const IdentityKey& key);

  std::size_t size() const { return pins_.size(); }

  //   u8 version = 1, then from the pin used longest ago to the last:
  //   identity key[32] || u8 verified (0, 1) || u8 length || name
  std::vector<std::uint8_t> save() const;
  // Replaces everything, or nothing when what was saved is damaged.
  Result<void> restore(ByteView saved);

 private:
  struct Pin {
    std::string name;
    std::string folded;
    bool verified = false;
    std::uint64_t last_use = 0;
  };
  using Pins = std::map<IdentityKey, Pin>;

  // Another identity is pinned under this name.
  bool has_rival(const LeafIdentity& who) const;
  void erase(Pins::iterator pin);
  void pin(const LeafIdentity& who, bool verified);
  void make_room();

  Policy policy_;
  Pins pins_;
  std::multimap<std::string, IdentityKey> by_name_;  // folded
  std::uint64_t uses_ = 0;
};

}  // namespace sotto::room
