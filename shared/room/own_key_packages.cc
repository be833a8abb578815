#include "room/own_key_packages.h"

#include <algorithm>

#include "room/add_rules.h"
#include "room/extension_types.h"
#include "room/identity.h"
#include "room/key_package_mac.h"
#include "room/key_package_seal.h"

namespace sotto::room {
namespace {

constexpr std::uint64_t kClockSkew = 60;
// Longer than any call; looked at when a KeyPackage is added, and never again.
constexpr std::uint64_t kIdentityLife = 24 * 3600;

mls::OwnKeyPackage copy_of(const mls::OwnKeyPackage& own) {
  return {own.key_package, own.init_key.copy(), own.encryption_key.copy(),
          mls::SignatureKeyPair::from_seed(own.signature_key.seed())};
}

}  // namespace

Result<mls::LeafNodeOptions> own_leaf_node(const SessionConfig& config,
                                           const Ed25519PublicKey& leaf_key,
                                           std::uint64_t unix_seconds) {
  TRY(const LeafIdentity& identity, vouch_for_leaf(*config.identity, config.room_id, leaf_key,
                                                   config.name, unix_seconds + kIdentityLife));
  mls::LeafNodeOptions options;
  options.credential = mls::basic_credential(encode(identity));
  options.capabilities.extensions.push_back(kRoomContextExtension);
  options.capabilities.extensions.push_back(kKeyPackageMacExtension);
  return options;
}

mls::Lifetime key_package_lifetime(std::uint64_t unix_seconds) {
  const std::uint64_t not_before = unix_seconds - std::min(unix_seconds, kClockSkew);
  return {not_before, not_before + kMaxKeyPackageLife};
}

Result<std::vector<std::uint8_t>> OwnKeyPackages::make(const SessionConfig& config,
                                                       const LinkKeys& keys,
                                                       std::uint64_t unix_seconds,
                                                       RandomSource& random) {
  mls::SignatureKeyPair leaf_key = mls::SignatureKeyPair::generate(random);
  mls::KeyPackageOptions options;
  options.cipher_suite = config.mls_suite;
  TRY(options.leaf_node, own_leaf_node(config, leaf_key.public_key(), unix_seconds));
  options.lifetime = key_package_lifetime(unix_seconds);
  options.before_signing = [&](mls::KeyPackage& key_package) {
    return add_key_package_mac(keys.key_package_mac_key(), key_package);
  };
  TRY(mls::OwnKeyPackage && made,
      mls::generate_key_package(std::move(options), std::move(leaf_key), random));
  KeyPackageSeal seal(keys.key_package_seal_key());
  TRY(std::vector<std::uint8_t> && sealed, seal.seal(config.endpoint, made.message(), random));
  mls::Bytes reference = made.reference();
  made_.push_back(reference);
  if (made_.size() > kRemembered) made_.pop_front();
  kept_.push_back({std::move(reference), std::move(made)});
  if (kept_.size() > kKept) kept_.pop_front();
  return sealed;
}

Result<mls::Group> OwnKeyPackages::join(ByteView welcome, const mls::JoinOptions& options) const {
  Error error = Error::kNotFound;
  for (const Kept& kept : kept_) {
    mls::OwnKeyPackage copy = copy_of(kept.key_package);
    auto group = mls::Group::join(welcome, copy, options);
    if (group) return group;
    if (group.error() != Error::kNotFound) error = group.error();
  }
  return fail(error);
}

bool OwnKeyPackages::made(ByteView reference) const {
  return std::any_of(made_.begin(), made_.end(),
                     [&](const mls::Bytes& one) { return equal(one, reference); });
}

bool OwnKeyPackages::has(ByteView reference) const {
  return std::any_of(kept_.begin(), kept_.end(),
                     [&](const Kept& kept) { return equal(kept.reference, reference); });
}

#ifndef __EMSCRIPTEN__
void OwnKeyPackages::save(mls::Writer& out) const {
  out.vector([&] {
    for (const mls::Bytes& reference : made_) out.opaque(reference);
  });
}

void OwnKeyPackages::restore(mls::Reader& in) {
  made_.clear();
  in.vector([&] {
    in.opaque(made_.emplace_back());
    if (made_.size() > kRemembered) in.fail(Error::kTooLarge);
  });
}
#endif

}  // namespace sotto::room
