#include "room/used_key_packages.h"

namespace sotto::room {

void UsedKeyPackages::forget_expired(std::uint64_t now) {
  if (forgotten_at_ == now) return;
  forgotten_at_ = now;
  for (auto it = used_.begin(); it != used_.end();) {
    it = it->second + kClockSkew < now ? used_.erase(it) : std::next(it);
  }
}

Result<void> UsedKeyPackages::check(ByteView reference, const mls::Lifetime& lifetime,
                                    std::uint64_t identity_expiry, std::uint64_t now) {
  if (policy_.has(Rule::kKeyPackageLife)) {
    if (now + kClockSkew < lifetime.not_before || now > lifetime.not_after + kClockSkew) {
      return fail(Error::kExpired);
    }
  }
  if (policy_.has(Rule::kIdentityExpires) && now > identity_expiry) return fail(Error::kExpired);
  if (!policy_.has(Rule::kKeyPackageOnce)) return {};
  forget_expired(now);
  if (used_.count(mls::to_bytes(reference)) != 0) return fail(Error::kAlreadyExists);
  if (used_.size() >= kCapacity) return fail(Error::kExhausted);
  return {};
}

void UsedKeyPackages::use(ByteView reference, const mls::Lifetime& lifetime, std::uint64_t now) {
  forget_expired(now);
  if (lifetime.not_before > now + kClockSkew || used_.size() >= kCapacity) return;
  used_.emplace(mls::to_bytes(reference), lifetime.not_after);
}

void UsedKeyPackages::save(mls::Writer& out) const {
  out.vector([&] {
    for (const auto& [reference, until] : used_) {
      out.opaque(reference);
      out.u64(until);
    }
  });
}

void UsedKeyPackages::restore(mls::Reader& in) {
  used_.clear();
  in.vector([&] {
    mls::Bytes reference;
    in.opaque(reference);
    const std::uint64_t until = in.u64();
    if (used_.size() == kCapacity) in.fail(Error::kTooLarge);
    if (in.ok()) used_.emplace(std::move(reference), until);
  });
}

}  // namespace sotto::room
