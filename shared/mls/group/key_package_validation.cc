#include "mls/group/key_package_validation.h"

#include <algorithm>

#include "base/sort.h"
#include "mls/keys/encryption_key.h"
#include "mls/keys/sign_with_label.h"
#include "mls/keys/suite.h"

namespace sotto::mls {
namespace {

// Sorted first: both lists may be as long as a message.
bool lists_all(std::vector<ExtensionType> listed, const Extensions& extensions) {
  sort(listed);
  return std::all_of(extensions.begin(), extensions.end(), [&](const Extension& extension) {
    ExtensionType type = extension.extension_type;
    return is_default(type) || std::binary_search(listed.begin(), listed.end(), type);
  });
}

}  // namespace

Result<void> validate_key_package(const KeyPackage& key_package, const LeafRules& rules) {
  const LeafNode& leaf_node = key_package.leaf_node;
  // "the cipher suite and protocol version of the KeyPackage match those in the GroupContext"
  if (key_package.version != ProtocolVersion::kMls10) return fail(Error::kUnsupported);
  if (key_package.cipher_suite != rules.cipher_suite) return fail(Error::kUnsupported);
  // "MUST be a public key for the asymmetric encryption scheme" (section 10)
  if (!is_encryption_key(key_package.init_key)) return fail(Error::kMalformed);
  // "leaf_node.encryption_key is different from the value of the init_key field"
  if (key_package.init_key == leaf_node.encryption_key) return fail(Error::kMalformed);
  // "Extensions included in the extensions or leaf_node.extensions fields MUST be included in the
  // leaf_node.capabilities field" (section 10); of the leaf's, validate_leaf asks the same.
  if (!lists_all(leaf_node.capabilities.extensions, key_package.extensions)) {
    return fail(Error::kMalformed);
  }
  TRY_VOID(validate_leaf(leaf_node, LeafNodeSource::kKeyPackage, {}, rules));
  return verify_with_label(leaf_node.signature_key, "KeyPackageTBS", key_package_tbs(key_package),
                           key_package.signature);
}

}  // namespace sotto::mls
