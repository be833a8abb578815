// A group's tree with the private side of every member, so that tests can commit and follow.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "mls/keys/sign_with_label.h"
#include "mls/tree/parent_hash_check.h"
#include "mls/tree/tree_validation.h"
#include "mls/tree/treekem.h"
#include "mls/wire/group_context.h"
#include "shared/seeded_random.h"

namespace sotto::mls::test {

inline constexpr Suite kSuite = Suite::kX25519ChaCha20Poly1305Sha256Ed25519;

struct NewLeaf {
  SignatureKeyPair signer;
  HpkeKeyPair encryption_key;
  LeafNode leaf_node;

  LeafPointer pointer() const { return std::make_shared<const LeafNode>(leaf_node); }
};

// As of a key package.
inline NewLeaf new_leaf(RandomSource& random) {
  NewLeaf made{SignatureKeyPair::generate(random), HpkeKeyPair::generate(random), {}};
  LeafNode& leaf_node = made.leaf_node;
  leaf_node.encryption_key = to_bytes(made.encryption_key.public_key);
  leaf_node.signature_key = to_bytes(made.signer.public_key());
  leaf_node.credential = basic_credential(as_bytes("somebody"));
  leaf_node.capabilities.versions = {ProtocolVersion::kMls10};
  leaf_node.capabilities.cipher_suites = {cipher_suite_of(kSuite)};
  leaf_node.capabilities.credentials = {CredentialType::kBasic};
  leaf_node.lifetime = {1000, 2000};
  leaf_node.signature =
      sign_with_label(made.signer, "LeafNodeTBS", leaf_node_tbs(leaf_node, {}, {}));
  return made;
}

class SampleGroup {
 public:
  struct Member {
    SignatureKeyPair signer;
    TreePrivateKeys keys;
  };

  // Flat: all the others added by one commit without a path.
  explicit SampleGroup(std::uint32_t member_count, std::uint64_t seed = 1)
      : random(seed), tree(create()) {
    MembershipChanges changes;
    std::vector<NewLeaf> joining = prepare(changes, member_count - 1);
    admit(tree.apply(changes).value(), joining);
  }

  // Warm: everybody has committed since.
  void warm_up() {
    for (LeafIndex leaf : tree.members()) commit(leaf, {}, 0, false);
  }

  // A commit with a path. Where `follow` is set, everybody processes it and compares; members that
  // were left behind once cannot follow any more. Returns where the new members went.
  std::vector<LeafIndex> commit(LeafIndex sender, std::vector<LeafIndex> removes, std::size_t adds,
                                bool follow = true) {
    MembershipChanges changes;
    changes.removes = removes;
    std::vector<NewLeaf> joining = prepare(changes, adds);
    std::vector<LeafIndex> added = tree.apply(changes).value();
    for (LeafIndex leaf : removes) members.erase(leaf);

    RatchetTree proposed = tree;
    Member& committer = members.at(sender);
    DraftPath draft =
        draft_path(tree, committer.keys, *tree.leaf(sender), group_id, committer.signer, random)
            .value();
    if (follow) {
      UpdatePath path = seal_path(kSuite, tree, draft, added, group_context(tree), random).value();
      for (LeafIndex leaf : proposed.members()) {
        if (leaf == sender || std::count(added.begin(), added.end(), leaf) != 0) continue;
        receive(proposed, sender, path, added, draft.commit_secret, members.at(leaf));
      }
    }
    admit(added, joining);
    for (LeafIndex leaf : added) {
      const Secret<kNh>* path_secret = draft.path_secret_for(sender, leaf);
      EXPECT_TRUE(path_secret != nullptr &&
                  members.at(leaf).keys.implant(tree, sender, *path_secret));
    }
    return added;
  }

  Bytes group_context(const RatchetTree& of_tree) const {
    GroupContext context;
    context.cipher_suite = cipher_suite_of(kSuite);
    context.group_id = group_id;
    context.tree_hash = to_bytes(of_tree.tree_hash());
    return encode(context);
  }

  LeafRules rules() const {
    LeafRules rules;
    rules.group_id = group_id;
    rules.cipher_suite = cipher_suite_of(kSuite);
    return rules;
  }

 private:
  RatchetTree create() {
    NewLeaf creator = new_leaf(random);
    RatchetTree first = RatchetTree::create(creator.pointer()).value();
    admit(LeafIndex{0}, creator);
    return first;
  }

  std::vector<NewLeaf> prepare(MembershipChanges& changes, std::size_t adds) {
    std::vector<NewLeaf> joining;
    for (std::size_t i = 0; i < adds; ++i) {
      joining.push_back(new_leaf(random));
      changes.adds.push_back(joining.back().pointer());
    }
    return joining;
  }

  void admit(LeafIndex leaf, NewLeaf& joined) {
    members.insert_or_assign(leaf, Member{std::move(joined.signer),
                                          TreePrivateKeys(leaf, std::move(joined.encryption_key))});
  }
  void admit(std::span<const LeafIndex> leaves, std::vector<NewLeaf>& joined) {
    for (std::size_t i = 0; i < leaves.size(); ++i) admit(leaves[i], joined[i]);
  }

  void receive(const RatchetTree& proposed, LeafIndex sender, const UpdatePath& path,
               std::span<const LeafIndex> added, const Secret<kNh>& commit_secret,
               Member& member) const {
    RatchetTree merged = proposed;
    EXPECT_TRUE(merge_path(merged, sender, path, added));
    EXPECT_EQ(merged.tree_hash(), tree.tree_hash());
    auto opened =
        open_path(kSuite, merged, sender, path, added, group_context(merged), member.keys);
    EXPECT_TRUE(opened && equal(opened->view(), commit_secret.view()));
    EXPECT_TRUE(member.keys.check(tree));
  }

 public:
  Bytes group_id = to_bytes(as_bytes("group"));
  std::map<LeafIndex, Member> members;
  SeededRandom random;
  RatchetTree tree;
};

}  // namespace sotto::mls::test
