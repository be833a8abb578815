#include "mls/group/group_creation.h"

#include "mls/group/own_leaf_node.h"
#include "mls/group/proposal_application.h"
#include "mls/group/proposal_validation.h"
#include "mls/tree/tree_validation.h"

namespace sotto::mls {
namespace {

// "the creator of the group" is bound by its own rules, too.
Result<void> check_creator(const LeafNode& leaf_node, const GroupContext& context,
                           const CredentialPolicy& policy) {
  TRY_VOID(validate_group_extensions(context.extensions, nullptr, policy));
  TRY(LeafRules && rules, LeafRules::of(context));
  TRY_VOID(check_leaf_fields(leaf_node, rules));
  return check_own_support(leaf_node, rules);
}

}  // namespace

Result<std::unique_ptr<GroupState>> create_group(CreateOptions options,
                                                 SignatureKeyPair signature_key,
                                                 RandomSource& random) {
  TRY(Suite && suite, suite_from(options.cipher_suite));
  HpkeKeyPair encryption_key = HpkeKeyPair::generate(random);
  LeafNode leaf_node;
  leaf_node.encryption_key = to_bytes(encryption_key.public_key);
  leaf_node.leaf_node_source = LeafNodeSource::kKeyPackage;
  leaf_node.lifetime = options.lifetime;
  set_options(leaf_node, std::move(options.leaf_node), signature_key, random);
  sign_leaf_node(leaf_node, {}, {}, signature_key);

  GroupContext context;
  context.cipher_suite = options.cipher_suite;
  context.group_id = std::move(options.group_id);
  context.extensions = std::move(options.extensions);
  const CredentialPolicy* policy = options.group.credential_policy;
  TRY_VOID(check_creator(leaf_node, context, policy ? *policy : default_credential_policy()));
  TRY(RatchetTree && tree,
      RatchetTree::create(std::make_shared<const LeafNode>(std::move(leaf_node))));
  context.tree_hash = to_bytes(tree.tree_hash());

  Secret<kNh> epoch_secret;
  random.fill(epoch_secret.writable());
  EpochSecrets secrets = expand_epoch_secret(epoch_secret);
  Mac tag = confirmation_tag(secrets, context);
  return std::make_unique<GroupState>(
      make_epoch(suite, std::move(context), std::move(tree),
                 TreePrivateKeys(LeafIndex{0}, std::move(encryption_key)),
                 std::make_shared<const SignatureKeyPair>(std::move(signature_key)),
                 std::move(secrets), std::move(tag), options.group.ratchets),
      options.group);
}

}  // namespace sotto::mls
