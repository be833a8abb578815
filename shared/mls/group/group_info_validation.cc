#include "mls/group/group_info_validation.h"

#include "mls/group/proposal_validation.h"
#include "mls/keys/sign_with_label.h"
#include "mls/tree/tree_validation.h"
#include "mls/wire/ratchet_tree_node.h"

namespace sotto::mls {
namespace {

// Section 5.3.1: "When a member receives a GroupInfo object that it will use to join a group".
class JoinerPolicy : public LeafPolicy {
 public:
  explicit JoinerPolicy(const CredentialPolicy& policy) : policy_(policy) {}

  Result<void> check_credential(const LeafNode& leaf_node, Ed25519Many& many) override {
    if (!policy_.accepts_among(leaf_node, many)) return fail(Error::kUnauthenticated);
    return {};
  }

 private:
  const CredentialPolicy& policy_;
};

Result<RatchetTree> find_tree(const GroupInfo& group_info, const Joining& joining) {
  if (joining.ratchet_tree) return RatchetTree::decode(*joining.ratchet_tree);
  const Extension* extension = find_extension(group_info.extensions, ExtensionType::kRatchetTree);
  if (extension == nullptr) return fail(Error::kNotFound);
  return RatchetTree::decode(extension->extension_data);
}

Result<void> check_context(const GroupContext& context, const Joining& joining) {
  if (context.version != ProtocolVersion::kMls10) return fail(Error::kUnsupported);
  // "the cipher_suite in the GroupInfo matches the cipher_suite in the KeyPackage"
  if (context.cipher_suite != joining.cipher_suite) return fail(Error::kMalformed);
  // "the group_id is unique among the groups that the client is currently participating in"
  for (const Bytes& group_id : joining.groups_in_use) {
    if (group_id == context.group_id) return fail(Error::kAlreadyExists);
  }
  return {};
}

}  // namespace

const CredentialPolicy& policy_of(const GroupOptions& options) {
  return options.credential_policy != nullptr ? *options.credential_policy
                                              : default_credential_policy();
}

Result<RatchetTree> validate_group_info(const GroupInfo& group_info, const Joining& joining) {
  const GroupContext& context = group_info.group_context;
  TRY_VOID(check_context(context, joining));
  TRY(RatchetTree && tree, find_tree(group_info, joining));
  // "the tree hash of the ratchet tree matches the tree_hash field in GroupInfo"
  if (!equal(tree.tree_hash(), context.tree_hash)) return fail(Error::kUnauthenticated);
  // "If the node is blank or if signature verification fails, return an error."
  const LeafPointer& signer = tree.leaf(group_info.signer);
  if (signer == nullptr) return fail(Error::kUnauthenticated);
  TRY_VOID(verify_with_label(signer->signature_key, "GroupInfoTBS", group_info_tbs(group_info),
                             group_info.signature));
  const CredentialPolicy& policy = policy_of(joining.options);
  TRY_VOID(validate_group_extensions(context.extensions, nullptr, policy));
  TRY(LeafRules && rules, LeafRules::of(context));
  rules.now = joining.now;
  if (joining.now) rules.longest_lifetime = joining.options.max_lifetime;
  JoinerPolicy leaf_policy(policy);
  rules.policy = &leaf_policy;
  TRY_VOID(validate_tree(tree, rules));
  return tree;
}

}  // namespace sotto::mls
