#include "mls/wire/update_path.h"

#include "shared/mls/wire/samples.h"
#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

TEST(UpdatePath, EncodesToTheVeryBytesItCameFrom) {
  test::expect_strict(test::sample_update_path());
  auto decoded = decode<UpdatePath>(encode(test::sample_update_path()));
  EXPECT_EQ(decoded->nodes[2].encrypted_path_secret.size(), 3u);
  EXPECT_EQ(*decoded, test::sample_update_path());
}

TEST(UpdatePath, MayHaveNoNodes) {
  test::expect_strict(UpdatePath{test::sample_leaf_node(LeafNodeSource::kCommit), {}});
}

TEST(UpdatePath, HasNoMoreNodesThanATreeHasLevels) {
  UpdatePath path{test::sample_leaf_node(LeafNodeSource::kCommit), {}};
  path.nodes.resize(kLongestPath);
  test::expect_strict(path);
  path.nodes.emplace_back();
  EXPECT_EQ(test::error_of<UpdatePath>(encode(path)), Error::kMalformed);
}

}  // namespace
}  // namespace sotto::mls
