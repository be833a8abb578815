#include "mls/tree/treekem.h"

#include <optional>
#include <string_view>
#include <utility>

#include "mls/keys/encrypt_with_label.h"
#include "mls/tree/parent_hash.h"
#include "mls/tree/path_secret.h"

namespace sotto::mls {
namespace {

constexpr std::string_view kLabel = "UpdatePathNode";

// The node of the sender's filtered direct path whose copath child is above `leaf`.
std::optional<std::size_t> step_for(std::span<const FilteredNode> path, LeafIndex leaf) {
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (covers(path[i].copath_child, leaf)) return i;
  }
  return std::nullopt;
}

std::vector<ByteView> keys_of(const UpdatePath& path) {
  std::vector<ByteView> keys;
  for (const UpdatePathNode& node : path.nodes) keys.push_back(node.encryption_key);
  return keys;
}

// Which ciphertext of a resolution is for the holder of `keys`, and the key that opens it.
struct OwnCiphertext {
  std::size_t index = 0;
  const HpkeKeyPair* key_pair = nullptr;
};
OwnCiphertext find_own(const RatchetTree& tree, std::span<const NodeIndex> resolution,
                       const TreePrivateKeys& keys) {
  for (std::size_t i = 0; i < resolution.size(); ++i) {
    if (!covers(resolution[i], keys.leaf())) continue;
    const HpkeKeyPair* key_pair = keys.find(resolution[i]);
    if (key_pair != nullptr && equal(key_pair->public_key, tree.encryption_key(resolution[i]))) {
      return {i, key_pair};
    }
  }
  return {};
}

}  // namespace

const Secret<kNh>* DraftPath::path_secret_for(LeafIndex sender, LeafIndex added) const {
  NodeIndex wanted = common_ancestor(sender, added);
  for (std::size_t i = 0; i < filtered_direct_path.size(); ++i) {
    if (filtered_direct_path[i].node == wanted) return &path_secrets[i];
  }
  return nullptr;
}

Result<DraftPath> draft_path(RatchetTree& tree, TreePrivateKeys& keys, LeafNode leaf_node,
                             ByteView group_id, const SignatureKeyPair& signer,
                             RandomSource& random) {
  LeafIndex sender = keys.leaf();
  TRY_VOID(tree.make_room(sender));
  DraftPath draft;
  draft.filtered_direct_path = tree.filtered_direct_path(sender);

  std::vector<HpkeKeyPair> key_pairs;
  std::vector<ByteView> public_keys;
  random.fill(draft.commit_secret.writable());
  for (std::size_t i = 0; i < draft.filtered_direct_path.size(); ++i) {
    key_pairs.push_back(node_key_pair(draft.commit_secret));
    Secret<kNh> next = next_path_secret(draft.commit_secret);
    draft.path_secrets.push_back(std::exchange(draft.commit_secret, std::move(next)));
  }
  for (const HpkeKeyPair& key_pair : key_pairs) public_keys.push_back(key_pair.public_key);
  ParentHashChain chain = chain_parent_hashes(tree, draft.filtered_direct_path, public_keys);

  HpkeKeyPair leaf_key = HpkeKeyPair::generate(random);
  leaf_node.encryption_key = to_bytes(leaf_key.public_key);
  leaf_node.leaf_node_source = LeafNodeSource::kCommit;
  leaf_node.lifetime = {};
  leaf_node.parent_hash = std::move(chain.leaf_parent_hash);
  leaf_node.signature =
      sign_with_label(signer, "LeafNodeTBS", leaf_node_tbs(leaf_node, group_id, sender));
  draft.leaf_node = std::make_shared<const LeafNode>(std::move(leaf_node));

  TRY_VOID(tree.merge(sender, draft.leaf_node, chain.parents));
  keys.set(node_of(sender), std::move(leaf_key));
  for (std::size_t i = 0; i < key_pairs.size(); ++i) {
    keys.set(draft.filtered_direct_path[i].node, std::move(key_pairs[i]));
  }
  keys.forget_outdated(tree);
  return draft;
}

Result<UpdatePath> seal_path(Suite suite, const RatchetTree& tree, const DraftPath& draft,
                             std::span<const LeafIndex> added, ByteView group_context,
                             RandomSource& random) {
  UpdatePath path;
  path.leaf_node = LeafNode(*draft.leaf_node);
  const LabelledSealer sealer(suite, kLabel, group_context);
  for (std::size_t i = 0; i < draft.filtered_direct_path.size(); ++i) {
    FilteredNode step = draft.filtered_direct_path[i];
    UpdatePathNode& node = path.nodes.emplace_back();
    node.encryption_key = to_bytes(tree.encryption_key(step.node));
    for (NodeIndex recipient : tree.resolution_without(step.copath_child, added)) {
      TRY(HpkeCiphertext && sealed,
          sealer.seal(tree.encryption_key(recipient), draft.path_secrets[i].view(), random));
      node.encrypted_path_secret.push_back({sealed.kem_output, sealed.ciphertext});
    }
  }
  return path;
}

Result<void> merge_path(RatchetTree& tree, LeafIndex sender, const UpdatePath& path,
                        std::span<const LeafIndex> added) {
  RatchetTree merged = tree;
  TRY_VOID(merged.make_room(sender));
  std::vector<FilteredNode> filtered = merged.filtered_direct_path(sender);
  if (filtered.size() != path.nodes.size()) return fail(Error::kMalformed);
  for (std::size_t i = 0; i < filtered.size(); ++i) {
    std::size_t recipients = merged.resolution_without(filtered[i].copath_child, added).size();
    if (path.nodes[i].encrypted_path_secret.size() != recipients) return fail(Error::kMalformed);
  }

  std::vector<ByteView> keys = keys_of(path);
  for (ByteView key : keys) {
    if (merged.find_encryption_key(key)) return fail(Error::kAlreadyExists);
  }
  if (merged.find_encryption_key(path.leaf_node.encryption_key)) {
    return fail(Error::kAlreadyExists);
  }

  ParentHashChain chain = chain_parent_hashes(merged, filtered, keys);
  if (path.leaf_node.leaf_node_source != LeafNodeSource::kCommit ||
      path.leaf_node.parent_hash != chain.leaf_parent_hash) {
    return fail(Error::kUnauthenticated);
  }
  TRY_VOID(merged.merge(sender, std::make_shared<const LeafNode>(path.leaf_node), chain.parents));
  tree = std::move(merged);
  return {};
}

Result<Secret<kNh>> open_path(Suite suite, const RatchetTree& tree, LeafIndex sender,
                              const UpdatePath& path, std::span<const LeafIndex> added,
                              ByteView group_context, TreePrivateKeys& keys) {
  std::vector<FilteredNode> filtered = tree.filtered_direct_path(sender);
  std::optional<std::size_t> step = step_for(filtered, keys.leaf());
  if (!step || filtered.size() != path.nodes.size()) return fail(Error::kUnauthenticated);
  std::vector<NodeIndex> resolution = tree.resolution_without(filtered[*step].copath_child, added);
  OwnCiphertext own = find_own(tree, resolution, keys);
  if (own.key_pair == nullptr) return fail(Error::kUnauthenticated);
  auto ciphertext = path.nodes[*step].encrypted_path_secret.at(own.index);
  if (!ciphertext) return fail(Error::kUnauthenticated);
  TRY(Bytes && opened,
      decrypt_with_label(suite, *own.key_pair, kLabel, group_context, *ciphertext));
  if (opened.size() != kNh) return fail(Error::kUnauthenticated);

  Secret<kNh> secret(std::span<const std::uint8_t, kNh>(opened.data(), kNh));
  std::vector<HpkeKeyPair> key_pairs;
  for (std::size_t i = *step; i < filtered.size(); ++i) {
    HpkeKeyPair key_pair = node_key_pair(secret);
    if (!equal(key_pair.public_key, tree.encryption_key(filtered[i].node))) {
      return fail(Error::kUnauthenticated);
    }
    key_pairs.push_back(std::move(key_pair));
    secret = next_path_secret(secret);
  }
  for (std::size_t i = 0; i < key_pairs.size(); ++i) {
    keys.set(filtered[*step + i].node, std::move(key_pairs[i]));
  }
  keys.forget_outdated(tree);
  return secret;
}

}  // namespace sotto::mls
