#include "mls/group/welcome_join.h"

#include <algorithm>

#include "base/sort.h"
#include "crypto/constant_time.h"
#include "mls/group/group_info_validation.h"
#include "mls/group/proposal_application.h"
#include "mls/group/psk_lookup.h"
#include "mls/group/successor.h"
#include "mls/keys/encrypt_with_label.h"

namespace sotto::mls {
namespace {

Result<GroupSecrets> open_group_secrets(const Welcome& welcome, Suite suite,
                                        const OwnKeyPackage& key_package) {
  Bytes reference = key_package.reference();
  auto entry = std::find_if(
      welcome.secrets.begin(), welcome.secrets.end(),
      [&](const EncryptedGroupSecrets& secrets) { return secrets.new_member == reference; });
  if (entry == welcome.secrets.end()) return fail(Error::kNotFound);
  const HpkeCiphertext& sealed = entry->encrypted_group_secrets;
  TRY(Bytes && opened,
      decrypt_with_label(suite, key_package.init_key, "Welcome", welcome.encrypted_group_info,
                         {sealed.kem_output, sealed.ciphertext}));
  TRY(GroupSecrets && secrets, decode<GroupSecrets>(opened));
  if (secrets.joiner_secret.size() != kNh) return fail(Error::kMalformed);
  if (secrets.path_secret && secrets.path_secret->path_secret.size() != kNh) {
    return fail(Error::kMalformed);
  }
  return secrets;
}

// "if a PreSharedKeyID has type resumption with usage reinit or branch, verify that it is the only
// such PSK"; nonces and repetitions as in a commit, which had the same list.
Result<void> check_psks(const std::vector<PreSharedKeyId>& psks) {
  std::vector<Bytes> seen;
  for (const PreSharedKeyId& id : psks) {
    if (id.psk_nonce.size() != kNh) return fail(Error::kMalformed);
    seen.push_back(encode(id));
  }
  sort(seen);
  if (std::adjacent_find(seen.begin(), seen.end()) != seen.end()) return fail(Error::kMalformed);
  if (std::count_if(psks.begin(), psks.end(), is_successor_psk) > 1) {
    return fail(Error::kMalformed);
  }
  return {};
}

Secret<kNh> to_secret(const Bytes& bytes) {
  return Secret<kNh>(std::span<const std::uint8_t, kNh>(bytes.data(), kNh));
}

// "Identify a leaf whose LeafNode is identical to the one in the KeyPackage."
Result<LeafIndex> find_own_leaf(const RatchetTree& tree, const LeafNode& own) {
  std::optional<LeafIndex> leaf = tree.find_signature_key(own.signature_key);
  if (!leaf || encode(*tree.leaf(*leaf)) != encode(own)) return fail(Error::kNotFound);
  return *leaf;
}

// Whether I hold the keys of all parents above me but those that I am still unmerged at: what
// others seal to one of these is not sealed to my leaf. A Welcome without the path_secret that its
// commit had for me (section 12.4.1) would let me in now and leave me behind at somebody's next
// commit.
bool knows_its_path(const RatchetTree& tree, const TreePrivateKeys& keys) {
  for (NodeIndex node : direct_path(keys.leaf(), tree.leaf_count())) {
    const ParentPointer& parent = tree.parent(node);
    if (parent == nullptr || keys.find(node) != nullptr) continue;
    const auto& unmerged = parent->unmerged_leaves;
    if (!std::binary_search(unmerged.begin(), unmerged.end(), keys.leaf())) return false;
  }
  return true;
}

Result<TreePrivateKeys> private_keys_of(const RatchetTree& tree, LeafIndex leaf,
                                        const OwnKeyPackage& key_package,
                                        const OpenedWelcome& opened) {
  TreePrivateKeys keys(leaf, key_package.encryption_key.copy());
  // A committer does not welcome itself.
  if (opened.group_info.signer == leaf) return fail(Error::kMalformed);
  if (opened.group_secrets.path_secret) {
    TRY_VOID(keys.implant(tree, opened.group_info.signer,
                          to_secret(opened.group_secrets.path_secret->path_secret)));
  }
  TRY_VOID(keys.check(tree));
  if (!knows_its_path(tree, keys)) return fail(Error::kMalformed);
  return keys;
}

}  // namespace

Result<OpenedWelcome> open_welcome(const Welcome& welcome, const OwnKeyPackage& key_package,
                                   const PskStore* psks, const GroupState* origin) {
  if (welcome.cipher_suite != key_package.key_package.cipher_suite) {
    return fail(Error::kUnsupported);
  }
  TRY(Suite && suite, suite_from(welcome.cipher_suite));
  OpenedWelcome opened;
  TRY(opened.group_secrets, open_group_secrets(welcome, suite, key_package));
  TRY_VOID(check_psks(opened.group_secrets.psks));
  TRY(opened.psk_secret, look_up_psks(opened.group_secrets.psks, psks, nullptr, origin));
  opened.joiner_secret = to_secret(opened.group_secrets.joiner_secret);
  KeyAndNonce key =
      welcome_key(suite, derive_welcome_secret(opened.joiner_secret, opened.psk_secret));
  TRY(Bytes && group_info, key.open({}, welcome.encrypted_group_info));
  TRY(opened.group_info, decode<GroupInfo>(group_info));
  return opened;
}

Result<std::unique_ptr<GroupState>> join_group(const Welcome& welcome, OwnKeyPackage& key_package,
                                               const JoinOptions& options,
                                               const GroupState* origin) {
  TRY(OpenedWelcome && opened, open_welcome(welcome, key_package, options.psks, origin));
  const GroupContext& context = opened.group_info.group_context;
  TRY(Suite && suite, suite_from(context.cipher_suite));
  TRY(RatchetTree && tree,
      validate_group_info(opened.group_info, {welcome.cipher_suite, options.ratchet_tree,
                                              options.now, options.groups_in_use, options.group}));
  TRY(LeafIndex && leaf, find_own_leaf(tree, key_package.key_package.leaf_node));
  TRY(LeafRules && rules, LeafRules::of(context));
  TRY_VOID(check_own_support(*tree.leaf(leaf), rules));
  TRY(TreePrivateKeys && private_keys, private_keys_of(tree, leaf, key_package, opened));

  EpochSecrets secrets =
      derive_epoch_secrets(opened.joiner_secret, opened.psk_secret, encode(context));
  Mac tag = confirmation_tag(secrets, context);
  if (!equal_constant_time(tag, opened.group_info.confirmation_tag)) {
    return fail(Error::kUnauthenticated);
  }
  TRY_VOID(
      check_successor(opened.group_secrets.psks, context, tree, origin, policy_of(options.group)));

  auto signature_key =
      std::make_shared<const SignatureKeyPair>(std::move(key_package.signature_key));
  key_package.init_key = {};
  key_package.encryption_key = {};
  return std::make_unique<GroupState>(
      make_epoch(suite, context, std::move(tree), std::move(private_keys), std::move(signature_key),
                 std::move(secrets), std::move(tag), options.group.ratchets),
      options.group);
}

}  // namespace sotto::mls
