#include "sim/mls/joining.h"

namespace sotto::mls::sim {

SignatureKeyPair copy_of(const SignatureKeyPair& key) {
  return SignatureKeyPair::from_seed(key.seed());
}

LeafNodeOptions leaf_of(const Client& client) {
  LeafNodeOptions options;
  options.credential = basic_credential(as_bytes(client.name));
  options.capabilities.extensions.push_back(kSimulatedExtension);
  return options;
}

Result<Group> create_group(const Client& client, RandomSource& random) {
  CreateOptions create;
  create.group_id = to_bytes(as_bytes("simulated"));
  create.leaf_node = leaf_of(client);
  create.lifetime = {1000, 2000};
  return Group::create(std::move(create), copy_of(client.signature_key), random);
}

Result<OwnKeyPackage> key_package_of(const Client& client, RandomSource& random) {
  KeyPackageOptions options;
  options.leaf_node = leaf_of(client);
  options.lifetime = {1000, 2000};
  return generate_key_package(std::move(options), copy_of(client.signature_key), random);
}

bool is_inside(const Client& client, const Group& group) {
  for (const auto& member : group.members()) {
    if (equal(member.leaf_node->credential.identity, as_bytes(client.name))) return true;
  }
  return false;
}

// version (2) and wire_format (2), then group_id<V> of less than 64 bytes, then the epoch.
Bytes with_epoch(ByteView message, std::uint64_t epoch) {
  Bytes changed = to_bytes(message);
  const std::size_t at = 5 + (changed.size() > 4 ? changed[4] : 0);
  for (std::size_t i = 0; i < 8 && at + i < changed.size(); ++i) {
    changed[at + i] = static_cast<std::uint8_t>(epoch >> (56 - 8 * i));
  }
  return changed;
}

}  // namespace sotto::mls::sim
