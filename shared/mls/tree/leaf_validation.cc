#include "mls/tree/leaf_validation.h"

#include <algorithm>

#include "base/sort.h"
#include "mls/keys/encryption_key.h"
#include "mls/keys/sign_with_label.h"
#include "mls/keys/suite.h"

namespace sotto::mls {
namespace {

// A list of types that is asked often. Sorted, so that long ones cost their sender more than us.
template <typename Type>
class Listed {
 public:
  explicit Listed(std::vector<Type> types) : types_(std::move(types)) { sort(types_); }
  bool has(Type type) const { return std::binary_search(types_.begin(), types_.end(), type); }

 private:
  std::vector<Type> types_;
};

template <typename Type>
bool contains(const std::vector<Type>& types, Type type) {
  return std::find(types.begin(), types.end(), type) != types.end();
}

bool supports_extensions(const LeafNode& leaf_node, const LeafRules& rules) {
  Listed<ExtensionType> listed(leaf_node.capabilities.extensions);
  auto supported = [&](ExtensionType type) { return is_default(type) || listed.has(type); };
  const auto& required = rules.required_capabilities.extension_types;
  return std::all_of(leaf_node.extensions.begin(), leaf_node.extensions.end(),
                     [&](const Extension& each) { return supported(each.extension_type); }) &&
         std::all_of(required.begin(), required.end(), supported) &&
         std::all_of(rules.group_extensions.begin(), rules.group_extensions.end(), supported);
}

bool supports_proposals(const LeafNode& leaf_node, const LeafRules& rules) {
  const auto& required = rules.required_capabilities.proposal_types;
  if (required.empty()) return true;
  Listed<ProposalType> listed(leaf_node.capabilities.proposals);
  return std::all_of(required.begin(), required.end(),
                     [&](ProposalType type) { return is_default(type) || listed.has(type); });
}

bool supports_credentials(const LeafNode& leaf_node, const LeafRules& rules) {
  const Capabilities& capabilities = leaf_node.capabilities;
  if (!contains(capabilities.credentials, leaf_node.credential.credential_type)) return false;
  const auto& required = rules.required_capabilities.credential_types;
  if (required.empty()) return true;
  Listed<CredentialType> listed(capabilities.credentials);
  return std::all_of(required.begin(), required.end(),
                     [&](CredentialType type) { return listed.has(type); });
}

Result<void> check_lifetime(const Lifetime& lifetime, const LeafRules& rules) {
  if (lifetime.not_after < lifetime.not_before) return fail(Error::kMalformed);
  if (rules.longest_lifetime &&
      lifetime.not_after - lifetime.not_before > *rules.longest_lifetime) {
    return fail(Error::kExpired);
  }
  if (rules.now && (*rules.now < lifetime.not_before || *rules.now > lifetime.not_after)) {
    return fail(Error::kExpired);
  }
  return {};
}

}  // namespace

bool is_default(ExtensionType type) {
  return type >= ExtensionType::kApplicationId && type <= ExtensionType::kExternalSenders;
}

bool is_default(ProposalType type) {
  return type >= ProposalType::kAdd && type <= ProposalType::kGroupContextExtensions;
}

Result<LeafRules> LeafRules::of(const GroupContext& group_context) {
  LeafRules rules;
  rules.group_id = group_context.group_id;
  rules.cipher_suite = group_context.cipher_suite;
  TRY(std::optional<RequiredCapabilities> && required,
      get_extension<RequiredCapabilities>(group_context.extensions));
  if (required) rules.required_capabilities = std::move(*required);
  for (const Extension& extension : group_context.extensions) {
    if (!is_default(extension.extension_type)) {
      rules.group_extensions.push_back(extension.extension_type);
    }
  }
  return rules;
}

Result<void> check_leaf_fields(const LeafNode& leaf_node, const LeafRules& rules) {
  if (!is_encryption_key(leaf_node.encryption_key) ||
      leaf_node.signature_key.size() != kEd25519PublicKeySize) {
    return fail(Error::kMalformed);
  }
  const Capabilities& capabilities = leaf_node.capabilities;
  if (!contains(capabilities.versions, ProtocolVersion::kMls10) ||
      !contains(capabilities.cipher_suites, rules.cipher_suite) ||
      !supports_credentials(leaf_node, rules) || !supports_extensions(leaf_node, rules) ||
      !supports_proposals(leaf_node, rules)) {
    return fail(Error::kUnsupported);
  }
  if (leaf_node.leaf_node_source == LeafNodeSource::kKeyPackage) {
    return check_lifetime(leaf_node.lifetime, rules);
  }
  return {};
}

Result<void> add_leaf_signature(Ed25519Many& many, const LeafNode& leaf_node, LeafIndex leaf,
                                const LeafRules& rules) {
  if (rules.policy != nullptr && rules.policy->signature_known(leaf_node, leaf)) return {};
  return verify_with_label(many, leaf_node.signature_key, "LeafNodeTBS",
                           leaf_node_tbs(leaf_node, rules.group_id, leaf), leaf_node.signature);
}

Result<void> validate_leaf(const LeafNode& leaf_node, std::optional<LeafNodeSource> source,
                           LeafIndex leaf, const LeafRules& rules) {
  if (source && leaf_node.leaf_node_source != *source) return fail(Error::kMalformed);
  TRY_VOID(check_leaf_fields(leaf_node, rules));
  Ed25519Many signature;
  TRY_VOID(add_leaf_signature(signature, leaf_node, leaf, rules));
  TRY_VOID(signature.finish());
  if (rules.policy == nullptr) return {};
  TRY_VOID(rules.policy->check_credential(leaf_node, signature));
  return signature.finish();
}

}  // namespace sotto::mls
