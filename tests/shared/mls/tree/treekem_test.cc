#include "mls/tree/treekem.h"

#include "mls/keys/encrypt_with_label.h"
#include "mls/tree/path_secret.h"
#include "shared/mls/tree/sample_group.h"

namespace sotto::mls::test {
namespace {

// A path from leaf 2 of a group of 6, and what its receivers need.
class TreeKem : public testing::Test {
 protected:
  TreeKem() {
    RatchetTree changed = group.tree;
    SampleGroup::Member& member = group.members.at(kSender);
    TreePrivateKeys keys = member.keys.copy();
    draft = draft_path(changed, keys, *changed.leaf(kSender), group.group_id, member.signer,
                       group.random)
                .value();
    context = group.group_context(changed);
    path = seal_path(kSuite, changed, *draft, {}, context, group.random).value();
    after = changed.tree_hash();
  }

  Result<void> merge(const UpdatePath& offered) {
    RatchetTree tree = group.tree;
    HashValue before = tree.tree_hash();
    Result<void> result = merge_path(tree, kSender, offered, {});
    EXPECT_EQ(tree.tree_hash(), result ? after : before);
    return result;
  }

  Result<Secret<kNh>> open(const UpdatePath& offered, LeafIndex receiver, ByteView with_context) {
    RatchetTree tree = group.tree;
    EXPECT_TRUE(merge_path(tree, kSender, path, {}));
    TreePrivateKeys keys = group.members.at(receiver).keys.copy();
    auto result = open_path(kSuite, tree, kSender, offered, {}, with_context, keys);
    EXPECT_EQ(keys.find(tree.root()) != nullptr, result.has_value());
    return result;
  }

  static constexpr LeafIndex kSender{2};
  SampleGroup group{6};
  std::optional<DraftPath> draft;
  Bytes context;
  UpdatePath path;
  HashValue after = {};
};

TEST_F(TreeKem, GivesEverybodyTheSameCommitSecret) {
  EXPECT_TRUE(merge(path));
  for (std::uint32_t receiver : {0, 1, 3, 4, 5}) {
    auto opened = open(path, {receiver}, context);
    ASSERT_TRUE(opened) << receiver;
    EXPECT_TRUE(equal(opened->view(), draft->commit_secret.view()));
  }
}

TEST_F(TreeKem, GivesTheSenderAndThoseOutsideNothing) {
  EXPECT_EQ(open(path, kSender, context).error(), Error::kUnauthenticated);
  SampleGroup others(6, 99);
  RatchetTree tree = group.tree;
  ASSERT_TRUE(merge_path(tree, kSender, path, {}));
  for (auto& [leaf, member] : others.members) {
    EXPECT_FALSE(open_path(kSuite, tree, kSender, path, {}, context, member.keys));
  }
}

TEST_F(TreeKem, BindsThePathToTheGroupContext) {
  Bytes other = context;
  other.back() ^= 1;
  EXPECT_EQ(open(path, {0}, other).error(), Error::kUnauthenticated);
}

TEST_F(TreeKem, RefusesAPathOfAnotherShape) {
  UpdatePath shorter = path;
  shorter.nodes.pop_back();
  EXPECT_EQ(merge(shorter).error(), Error::kMalformed);
  UpdatePath longer = path;
  longer.nodes.push_back(path.nodes.back());
  EXPECT_EQ(merge(longer).error(), Error::kMalformed);
  UpdatePath one_more = path;
  one_more.nodes[0].encrypted_path_secret.push_back(*path.nodes[0].encrypted_path_secret.at(0));
  EXPECT_EQ(merge(one_more).error(), Error::kMalformed);
  UpdatePath one_less = path;
  one_less.nodes[1].encrypted_path_secret = {};
  EXPECT_EQ(merge(one_less).error(), Error::kMalformed);
}

TEST_F(TreeKem, RefusesKeysThatStandInTheTree) {
  UpdatePath reused = path;
  reused.leaf_node.encryption_key = group.tree.leaf(kSender)->encryption_key;
  EXPECT_EQ(merge(reused).error(), Error::kAlreadyExists);
  reused = path;
  reused.nodes[0].encryption_key = group.tree.leaf({5})->encryption_key;
  EXPECT_EQ(merge(reused).error(), Error::kAlreadyExists);
}

TEST_F(TreeKem, RefusesAnotherParentHashThanTheTrees) {
  UpdatePath forged = path;
  forged.leaf_node.parent_hash.back() ^= 1;
  EXPECT_EQ(merge(forged).error(), Error::kUnauthenticated);
  forged = path;
  forged.nodes.back().encryption_key = to_bytes(group.random.bytes(32));
  EXPECT_EQ(merge(forged).error(), Error::kUnauthenticated);
  forged = path;
  forged.leaf_node.leaf_node_source = LeafNodeSource::kUpdate;
  EXPECT_EQ(merge(forged).error(), Error::kUnauthenticated);
}

TEST_F(TreeKem, RefusesASignatureKeyOfAnotherMember) {
  UpdatePath forged = path;
  forged.leaf_node.signature_key = group.tree.leaf({0})->signature_key;
  EXPECT_EQ(merge(forged).error(), Error::kAlreadyExists);
}

// The sender seals a secret that does not lead to the keys it announced.
TEST_F(TreeKem, RefusesAPathSecretThatIsNotThePublicKeys) {
  RatchetTree tree = group.tree;
  ASSERT_TRUE(merge_path(tree, kSender, path, {}));
  for (Secret<kNh>& secret : draft->path_secrets) secret = next_path_secret(secret);
  UpdatePath wrong = seal_path(kSuite, tree, *draft, {}, context, group.random).value();
  for (std::uint32_t receiver : {0, 1, 3, 4, 5}) {
    EXPECT_EQ(open(wrong, {receiver}, context).error(), Error::kUnauthenticated) << receiver;
  }
}

TEST_F(TreeKem, RefusesACiphertextThatWasTouched) {
  UpdatePath touched = path;
  touched.nodes[1].encrypted_path_secret = {};
  for (std::size_t i = 0; i < path.nodes[1].encrypted_path_secret.size(); ++i) {
    HpkeCiphertextView view = *path.nodes[1].encrypted_path_secret.at(i);
    Bytes ciphertext = to_bytes(view.ciphertext);
    ciphertext[i] ^= 1;
    touched.nodes[1].encrypted_path_secret.push_back({view.kem_output, ciphertext});
  }
  EXPECT_EQ(open(touched, {0}, context).error(), Error::kUnauthenticated);
  EXPECT_EQ(open(touched, {1}, context).error(), Error::kUnauthenticated);
  EXPECT_TRUE(open(touched, {3}, context));
}

TEST(TreeKemScenarios, AloneMembersPathIsEmpty) {
  SampleGroup group(1);
  group.commit({0}, {}, 0);
  EXPECT_EQ(group.tree.leaf({0})->leaf_node_source, LeafNodeSource::kCommit);
  EXPECT_TRUE(group.tree.leaf({0})->parent_hash.empty());
}

TEST(TreeKemScenarios, AnExternalJoinerTakesTheNextLeafEvenWhereTheTreeHasToGrow) {
  SampleGroup group(4);
  NewLeaf joiner = new_leaf(group.random);
  RatchetTree tree = group.tree;
  TreePrivateKeys keys(tree.next_leaf());
  DraftPath draft =
      draft_path(tree, keys, joiner.leaf_node, group.group_id, joiner.signer, group.random).value();
  EXPECT_EQ(tree.leaf_count(), 8u);
  EXPECT_TRUE(keys.check(tree));
  Bytes context = group.group_context(tree);
  UpdatePath path = seal_path(kSuite, tree, draft, {}, context, group.random).value();
  for (auto& [leaf, member] : group.members) {
    RatchetTree merged = group.tree;
    ASSERT_TRUE(merge_path(merged, {4}, path, {}));
    EXPECT_EQ(merged.tree_hash(), tree.tree_hash());
    auto opened = open_path(kSuite, merged, {4}, path, {}, context, member.keys);
    ASSERT_TRUE(opened);
    EXPECT_TRUE(equal(opened->view(), draft.commit_secret.view()));
  }
  RatchetTree elsewhere = group.tree;
  EXPECT_FALSE(merge_path(elsewhere, {5}, path, {}));
}

TEST(TreeKemScenarios, AMemberThatLeftCannotFollow) {
  SampleGroup group(8);
  group.commit({0}, {}, 0);
  TreePrivateKeys left = group.members.at({5}).keys.copy();
  RatchetTree tree = group.tree;
  ASSERT_TRUE(tree.remove({5}));
  RatchetTree proposed = tree;
  SampleGroup::Member& sender = group.members.at({0});
  DraftPath draft =
      draft_path(tree, sender.keys, *tree.leaf({0}), group.group_id, sender.signer, group.random)
          .value();
  Bytes context = group.group_context(tree);
  UpdatePath path = seal_path(kSuite, tree, draft, {}, context, group.random).value();
  ASSERT_TRUE(merge_path(proposed, {0}, path, {}));
  EXPECT_FALSE(open_path(kSuite, proposed, {0}, path, {}, context, left));
  // Nor by trying its old keys on every ciphertext there is.
  for (const UpdatePathNode& node : path.nodes) {
    for (std::size_t i = 0; i < node.encrypted_path_secret.size(); ++i) {
      for (std::uint32_t at : {10u, 9u, 11u, 7u}) {
        const HpkeKeyPair* key = left.find({at});
        if (key == nullptr) continue;
        EXPECT_FALSE(decrypt_with_label(kSuite, *key, "UpdatePathNode", context,
                                        *node.encrypted_path_secret.at(i)));
      }
    }
  }
}

// Joins, leaves and updates by anybody; all members follow each commit, and the tree stays one that
// a joiner would accept.
TEST(TreeKemScenarios, AllMembersAgreeThroughRandomCommits) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    SCOPED_TRACE(seed);
    SampleGroup group(6, seed);
    for (int step = 0; step < 40; ++step) {
      std::vector<LeafIndex> members = group.tree.members();
      LeafIndex sender = members[group.random.below(members.size())];
      std::vector<LeafIndex> removes;
      for (LeafIndex leaf : members) {
        if (leaf != sender && group.random.below(12) == 0) removes.push_back(leaf);
      }
      std::size_t adds = group.tree.member_count() < 20 ? group.random.below(3) : 0;
      group.commit(sender, removes, adds);
      ASSERT_TRUE(validate_tree(RatchetTree::decode(group.tree.encode()).value(), group.rules()));
    }
  }
}

}  // namespace
}  // namespace sotto::mls::test
