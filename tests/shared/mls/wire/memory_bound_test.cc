// The worst that somebody can send: many elements of which each takes few bytes and much room.
#include <gtest/gtest.h>

#include "mls/wire/mls_message.h"
#include "mls/wire/ratchet_tree_node.h"
#include "mls/wire/typed_extensions.h"
#include "shared/mls/wire/samples.h"
#include "support/peak_memory.h"

namespace sotto::mls {
namespace {

constexpr std::size_t kElements = 20000;

// Bytes of memory for each byte of input, at most at a time.
template <typename T>
double taken_per_byte(const T& value) {
  const Bytes encoded = encode(value);
  const std::ptrdiff_t before = sotto::test::begin_peak();
  const auto decoded = decode<T>(encoded);
  const auto taken = static_cast<double>(sotto::test::peak_bytes - before);
  EXPECT_TRUE(decoded);
  const double ratio = taken / static_cast<double>(encoded.size());
  std::printf("%.1f bytes for each of %zu\n", ratio, encoded.size());
  return ratio;
}

template <typename T>
std::vector<T> many(const T& element) {
  return std::vector<T>(kElements, element);
}

TEST(MemoryBound, HoldsForProposals) {
  for (const Proposal& proposal :
       {Proposal{GroupContextExtensions{}}, Proposal{ExternalInit{{1}}}, Proposal{Remove{}},
        Proposal{Add{}}, Proposal{Update{}}, Proposal{PreSharedKey{}}, Proposal{ReInit{}}}) {
    Commit commit;
    Proposal readable = proposal;
    if (readable.as<Update>() != nullptr) {
      readable.body = Update{LeafNode{.leaf_node_source = LeafNodeSource::kUpdate}};
    }
    commit.proposals = many(ProposalOrRef{std::move(readable)});
    EXPECT_LT(taken_per_byte(commit), 40);
  }
  EXPECT_LT(taken_per_byte(Commit{many(ProposalOrRef{ProposalRef(32)}), {}}), 40);
}

TEST(MemoryBound, HoldsForRatchetTrees) {
  const auto leaf = std::make_shared<const Node>(
      Node{SharedValue(LeafNode{.leaf_node_source = LeafNodeSource::kUpdate})});
  const auto parent = std::make_shared<const Node>(Node{ParentNode{}});
  std::vector<NodePointer> blanks(kElements), leaves(kElements), full(kElements);
  blanks.push_back(leaf);
  for (std::size_t i = 0; i < kElements; ++i) {
    if (i % 2 == 0) leaves[i] = leaf;
    full[i] = i % 2 == 0 ? leaf : parent;
  }
  leaves.push_back(leaf);
  EXPECT_LT(taken_per_byte(RatchetTreeExtension{blanks}), 40);
  EXPECT_LT(taken_per_byte(RatchetTreeExtension{leaves}), 40);
  EXPECT_LT(taken_per_byte(RatchetTreeExtension{full}), 40);
}

TEST(MemoryBound, HoldsForTheLists) {
  EXPECT_LT(taken_per_byte(Credential{CredentialType::kX509, {}, many(Certificate{})}), 40);
  EXPECT_LT(taken_per_byte(Credential{CredentialType::kX509, {}, many(Certificate{{1}})}), 40);
  EXPECT_LT(taken_per_byte(ExternalSenders{many(ExternalSender{})}), 40);
  EXPECT_LT(taken_per_byte(GroupSecrets{{}, {}, many(PreSharedKeyId{})}), 40);
  EXPECT_LT(taken_per_byte(Welcome{{}, many(EncryptedGroupSecrets{Bytes(32), {}}), {}}), 40);
  Capabilities capabilities;
  capabilities.extensions = many(ExtensionType::kRatchetTree);
  EXPECT_LT(taken_per_byte(capabilities), 40);
  GroupContextExtensions extensions;
  for (std::size_t i = 0; i < kElements; ++i) {
    extensions.extensions.push_back({static_cast<ExtensionType>(i), {}});
  }
  EXPECT_LT(taken_per_byte(extensions), 40);
}

TEST(MemoryBound, KeepsCiphertextsAsTheyAre) {
  HpkeCiphertexts ciphertexts;
  for (std::size_t i = 0; i < kElements; ++i) ciphertexts.push_back({});
  EXPECT_LT(taken_per_byte(ciphertexts), 2);
}

}  // namespace
}  // namespace sotto::mls
