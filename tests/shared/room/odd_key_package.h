// A KeyPackage by a client that takes somebody else's key for its leaf: signed, vouched for, sealed
// by the link, and yet such that no group with that key in it can add it.
#pragma once

#include <vector>

#include "mls/group/key_package_generation.h"
#include "mls/keys/sign_with_label.h"
#include "mls/wire/mls_message.h"
#include "room/key_package_mac.h"
#include "room/key_package_seal.h"
#include "room/own_key_packages.h"
#include "support/seeded_random.h"

namespace sotto::room::test {

inline std::vector<std::uint8_t> sealed_with_key_of(const mls::KeyPackage& other,
                                                    const SessionConfig& config,
                                                    const LinkKeys& keys,
                                                    std::uint64_t unix_seconds,
                                                    RandomSource& random) {
  auto leaf_key = mls::SignatureKeyPair::generate(random);
  const auto signer = mls::SignatureKeyPair::from_seed(leaf_key.seed());
  mls::KeyPackageOptions options;
  options.cipher_suite = config.mls_suite;
  options.leaf_node = *own_leaf_node(config, leaf_key.public_key(), unix_seconds);
  options.lifetime = key_package_lifetime(unix_seconds);
  mls::KeyPackage made =
      mls::generate_key_package(std::move(options), std::move(leaf_key), random)->key_package;
  made.leaf_node.encryption_key = other.leaf_node.encryption_key;
  made.leaf_node.signature =
      mls::sign_with_label(signer, "LeafNodeTBS", mls::leaf_node_tbs(made.leaf_node, {}, {}));
  (void)add_key_package_mac(keys.key_package_mac_key(), made).has_value();
  made.signature = mls::sign_with_label(signer, "KeyPackageTBS", mls::key_package_tbs(made));
  KeyPackageSeal seal(keys.key_package_seal_key());
  return *seal.seal(config.endpoint, mls::encode(mls::MlsMessage{std::move(made)}), random);
}

}  // namespace sotto::room::test
