#include "mls/wire/leaf_node.h"

#include "shared/mls/wire/samples.h"
#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

using test::sample_leaf_node;

TEST(LeafNode, EncodesToTheVeryBytesItCameFromWhateverItsSource) {
  for (auto source :
       {LeafNodeSource::kKeyPackage, LeafNodeSource::kUpdate, LeafNodeSource::kCommit}) {
    test::expect_strict(sample_leaf_node(source));
    EXPECT_EQ(*decode<LeafNode>(encode(sample_leaf_node(source))), sample_leaf_node(source));
  }
}

TEST(LeafNode, CarriesValuesThatNobodyKnowsInItsCapabilities) {
  Capabilities capabilities{{ProtocolVersion{0xeaea}},
                            {CipherSuite{0}, CipherSuite{0xffff}},
                            {ExtensionType{0x2a2a}},
                            {ProposalType{0x3a3a}},
                            {CredentialType{0x4a4a}}};
  test::expect_strict(capabilities);
}

TEST(LeafNode, RefusesASourceThatIsNone) {
  LeafNode leaf_node = sample_leaf_node(LeafNodeSource::kUpdate);
  for (int source : {0, 4, 255}) {
    leaf_node.leaf_node_source = static_cast<LeafNodeSource>(source);
    EXPECT_EQ(test::error_of<LeafNode>(encode(leaf_node)), Error::kMalformed);
  }
}

TEST(LeafNode, RefusesTwoExtensionsOfOneType) {
  LeafNode leaf_node = sample_leaf_node();
  leaf_node.extensions.push_back(leaf_node.extensions[0]);
  EXPECT_EQ(test::error_of<LeafNode>(encode(leaf_node)), Error::kMalformed);
}

TEST(LeafNode, IsSignedWithItsGroupAndPlaceOnceItHasThem) {
  for (auto source : {LeafNodeSource::kUpdate, LeafNodeSource::kCommit}) {
    LeafNode leaf_node = sample_leaf_node(source);
    Bytes here = leaf_node_tbs(leaf_node, as_bytes("group"), LeafIndex{1});
    EXPECT_NE(here, leaf_node_tbs(leaf_node, as_bytes("Group"), LeafIndex{1}));
    EXPECT_NE(here, leaf_node_tbs(leaf_node, as_bytes("group"), LeafIndex{2}));
    EXPECT_EQ(to_hex(here).substr(2 * (here.size() - 10)),
              "0567726f7570"
              "00000001");
  }
  LeafNode fresh = sample_leaf_node();
  EXPECT_EQ(leaf_node_tbs(fresh, as_bytes("group"), LeafIndex{1}), leaf_node_tbs(fresh, {}, {}));
}

TEST(LeafNode, SignsEverythingAboveTheSignature) {
  LeafNode leaf_node = sample_leaf_node();
  Bytes tbs = leaf_node_tbs(leaf_node, {}, {});
  leaf_node.signature = {};
  Bytes without_signature = encode(leaf_node);
  without_signature.pop_back();  // the length 0
  EXPECT_EQ(tbs, without_signature);
}

}  // namespace
}  // namespace sotto::mls
