#include "mls/group/key_package_generation.h"

#include "mls/group/key_package_validation.h"
#include "mls/group/own_leaf_node.h"
#include "mls/keys/hash.h"
#include "mls/keys/suite.h"
#include "mls/wire/mls_message.h"

namespace sotto::mls {
namespace {

// A KeyPackage's own extensions are listed like its leaf's (section 10); a GREASE one travels with
// a GREASE value that the capabilities hold anyway.
void add_grease_extension(KeyPackage& key_package) {
  for (ExtensionType type : key_package.leaf_node.capabilities.extensions) {
    if (!is_grease(static_cast<std::uint16_t>(type))) continue;
    if (find_extension(key_package.extensions, type) != nullptr) return;
    key_package.extensions.push_back({type, {}});
    return;
  }
}

}  // namespace

Bytes OwnKeyPackage::message() const {
  return encode_message(key_package);
}

Bytes OwnKeyPackage::reference() const {
  return key_package_reference(key_package);
}

Bytes key_package_reference(const KeyPackage& key_package) {
  return to_bytes(make_key_package_ref(encode(key_package)));
}

Result<OwnKeyPackage> generate_key_package(KeyPackageOptions options,
                                           SignatureKeyPair signature_key, RandomSource& random) {
  TRY_VOID(suite_from(options.cipher_suite));
  HpkeKeyPair init_key = HpkeKeyPair::generate(random);
  HpkeKeyPair encryption_key = HpkeKeyPair::generate(random);

  KeyPackage key_package;
  key_package.cipher_suite = options.cipher_suite;
  key_package.init_key = to_bytes(init_key.public_key);
  LeafNode& leaf_node = key_package.leaf_node;
  leaf_node.encryption_key = to_bytes(encryption_key.public_key);
  leaf_node.leaf_node_source = LeafNodeSource::kKeyPackage;
  leaf_node.lifetime = options.lifetime;
  bool grease = options.leaf_node.grease;
  set_options(leaf_node, std::move(options.leaf_node), signature_key, random);
  sign_leaf_node(leaf_node, {}, {}, signature_key);

  key_package.extensions = std::move(options.extensions);
  if (grease) add_grease_extension(key_package);
  if (options.before_signing) TRY_VOID(options.before_signing(key_package));
  key_package.signature =
      sign_with_label(signature_key, "KeyPackageTBS", key_package_tbs(key_package));
  LeafRules rules;
  rules.cipher_suite = key_package.cipher_suite;
  TRY_VOID(validate_key_package(key_package, rules));
  return OwnKeyPackage{std::move(key_package), std::move(init_key), std::move(encryption_key),
                       std::move(signature_key)};
}

}  // namespace sotto::mls
