// Who waits outside: the KeyPackages that have come and were sealed by holders of the link
// (security profile, sections 2 and 4), one for each endpoint, as in the delivery service.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "e2ee/link_keys.h"
#include "mls/tree/leaf_validation.h"
#include "mls/wire/key_package.h"
#include "room/identity.h"
#include "room/key_package_seal.h"
#include "room/policy.h"
#include "room/session_config.h"

namespace sotto::room {

struct Joiner {
  mls::KeyPackage key_package;
  mls::Bytes reference;
  LeafIdentity identity;
  std::size_t bytes = 0;  // of the KeyPackage
  Time since{};
  Time renewed{};  // when this KeyPackage came
};

class JoinQueue {
 public:
  static constexpr std::size_t kMaxWaiting = 1024;

  JoinQueue(std::string room_id, mls::CipherSuite suite, Policy policy);

  // Another link admits: whoever came by the one before is gone.
  void set_link(const LinkKeys& keys);

  // An empty one takes back what stands. kUnauthenticated for what is not sealed by the link or
  // does not show that it holds it, kMalformed; kUnsupported for what no group of a room could add,
  // kAlreadyExists for a key that somebody else waits with: who commits need not try who goes with
  // whom.
  // What is refused leaves the endpoint's former one where it was. Where too many wait, a new one
  // takes the place of the one that was renewed longest ago: who wants in renews it every few
  // seconds.
  Result<void> handle(const Endpoint& endpoint, ByteView sealed, Time now);

  void erase(const Endpoint& endpoint) { waiting_.erase(endpoint); }
  void erase_reference(ByteView reference);
  void erase_identity(const IdentityKey& key);

  const std::map<Endpoint, Joiner>& waiting() const { return waiting_; }

 private:
  void make_room();
  bool waits_elsewhere(const Endpoint& endpoint, const mls::LeafNode& leaf_node) const;

  std::string room_id_;
  Policy policy_;
  mls::LeafRules rules_;
  std::optional<KeyPackageSeal> seal_;
  Secret<32> mac_key_;
  std::map<Endpoint, Joiner> waiting_;
};

}  // namespace sotto::room
