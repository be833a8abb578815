#include "mls/tree/treekem.h"

#include <map>

#include "base/hex.h"
#include "mls/tree/path_secret.h"
#include "mls/wire/group_context.h"
#include "vectors/mls/vector_file.h"

namespace sotto::mls::vectors {
namespace {

Secret<kNh> secret_of(const Case& hex) {
  return Secret<kNh>(ByteView(bytes_of(hex)).first<kNh>());
}

struct Member {
  TreePrivateKeys keys;
  SignatureKeyPair signer;
};

// A case's tree, and what its members know of it.
class Group {
 public:
  Group(const Case& c, RatchetTree ratchet_tree) : case_(c), tree(std::move(ratchet_tree)) {
    for (const Case& leaf : c.at("leaves_private")) {
      const LeafIndex index{leaf.at("index").get<std::uint32_t>()};
      TreePrivateKeys keys(
          index, HpkeKeyPair::from_private_key(secret_of(leaf.at("encryption_priv")).view()));
      for (const Case& known : leaf.at("path_secrets")) {
        keys.set({known.at("node").get<std::uint32_t>()},
                 node_key_pair(secret_of(known.at("path_secret"))));
      }
      members.emplace(
          index, Member{std::move(keys),
                        SignatureKeyPair::from_seed(secret_of(leaf.at("signature_priv")).view())});
    }
  }

  Bytes context(const RatchetTree& changed) const {
    GroupContext context;
    context.cipher_suite = cipher_suite_of(suite_of(case_));
    context.group_id = bytes_of(case_.at("group_id"));
    context.epoch = case_.at("epoch").get<std::uint64_t>();
    context.tree_hash = to_bytes(changed.tree_hash());
    context.confirmed_transcript_hash = bytes_of(case_.at("confirmed_transcript_hash"));
    return encode(context);
  }

 private:
  const Case& case_;

 public:
  RatchetTree tree;
  std::map<LeafIndex, Member> members;
};

// Everybody but the sender opens the path and gets `commit_secret`; `path_secrets` says, where it
// is given, what lies in each one's ciphertext.
void check_received(const Group& group, Suite suite, LeafIndex sender, const UpdatePath& path,
                    const Case& commit_secret, const Case& path_secrets, Report& report) {
  RatchetTree merged = group.tree;
  if (!report.expect("path merges", merge_path(merged, sender, path, {}).has_value())) return;
  const Bytes context = group.context(merged);
  for (const auto& [leaf, member] : group.members) {
    if (leaf == sender) continue;
    TreePrivateKeys keys = member.keys.copy();
    const auto opened = open_path(suite, merged, sender, path, {}, context, keys);
    if (!report.expect("path opens", opened.has_value())) continue;
    report.equal("commit_secret", opened->view(), commit_secret);
    report.expect("keys are the tree's", keys.check(merged).has_value());
    if (path_secrets.is_null()) continue;
    const HpkeKeyPair* lowest = keys.find(common_ancestor(leaf, sender));
    if (report.expect("the common ancestor's key is known", lowest != nullptr)) {
      report.expect("path_secret",
                    equal(lowest->public_key,
                          node_key_pair(secret_of(path_secrets.at(leaf.value))).public_key));
    }
  }
}

void check_created(const Group& group, Suite suite, LeafIndex sender, const Bytes& group_id,
                   Report& report) {
  TestRandom random;
  const Member& member = group.members.at(sender);
  RatchetTree changed = group.tree;
  TreePrivateKeys keys = member.keys.copy();
  const auto draft =
      draft_path(changed, keys, *group.tree.leaf(sender), group_id, member.signer, random);
  if (!report.expect("path is drafted", draft.has_value())) return;
  const auto path = seal_path(suite, changed, *draft, {}, group.context(changed), random);
  if (!report.expect("path is sealed", path.has_value())) return;
  report.expect("the sender's keys are the tree's", keys.check(changed).has_value());
  check_received(group, suite, sender, *path, Case(to_hex(draft->commit_secret.view())), nullptr,
                 report);
}

const VectorFile file("vectors/mls/treekem.json", 22, [](const Case& c, Report& report) {
  auto tree = RatchetTree::decode(bytes_of(c.at("ratchet_tree")));
  if (!report.expect("ratchet_tree decodes", tree.has_value())) return;
  const Group group(c, std::move(*tree));
  const Suite suite = suite_of(c);
  for (const auto& [leaf, member] : group.members) {
    report.expect("private keys are the tree's", member.keys.check(group.tree).has_value());
  }
  for (const Case& update : c.at("update_paths")) {
    const LeafIndex sender{update.at("sender").get<std::uint32_t>()};
    const auto path = decode<UpdatePath>(bytes_of(update.at("update_path")));
    if (!report.expect("update_path decodes", path.has_value())) continue;
    check_received(group, suite, sender, *path, update.at("commit_secret"),
                   update.at("path_secrets"), report);
    RatchetTree merged = group.tree;
    report.expect("path merges", merge_path(merged, sender, *path, {}).has_value());
    report.equal("tree_hash_after", merged.tree_hash(), update.at("tree_hash_after"));
    check_created(group, suite, sender, bytes_of(c.at("group_id")), report);
  }
});

}  // namespace
}  // namespace sotto::mls::vectors
