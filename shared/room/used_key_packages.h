// KeyPackages are used once (security profile, section 2). Kept by whoever commits, together with
// the only look at a clock that there is: for validity nobody else asks.
#pragma once

#include <cstdint>
#include <map>

#include "base/result.h"
#include "mls/bytes.h"
#include "mls/wire/leaf_node.h"
#include "mls/wire/reader.h"
#include "mls/wire/writer.h"
#include "room/policy.h"

namespace sotto::room {

class UsedKeyPackages {
 public:
  static constexpr std::size_t kCapacity = 4096;
  // Clocks may differ by this much (seconds).
  static constexpr std::uint64_t kClockSkew = 60;

  explicit UsedKeyPackages(Policy policy = {}) : policy_(policy) {}

  // May this one be added now? kAlreadyExists when it was used, kExpired outside its lifetime or
  // after the identity's expiry; kExhausted when more were used within their lifetimes than can be
  // remembered. `now` is seconds since 1970.
  Result<void> check(ByteView reference, const mls::Lifetime& lifetime,
                     std::uint64_t identity_expiry, std::uint64_t now);

  // It stands in a commit of mine, or in one that I have seen. One whose time is still to come is
  // not kept: `check` refuses it for now, and a member that commits such ones shall not use the
  // room up.
  void use(ByteView reference, const mls::Lifetime& lifetime, std::uint64_t now);

  //   { opaque reference<V>; u64 until; } used<V>
  void save(mls::Writer& out) const;
  // Instead of what is remembered; kTooLarge sticks to `in` for more than that can be.
  void restore(mls::Reader& in);

 private:
  void forget_expired(std::uint64_t now);

  Policy policy_;
  std::map<mls::Bytes, std::uint64_t> used_;  // until when it must be remembered
  std::uint64_t forgotten_at_ = 0;
};

}  // namespace sotto::room
