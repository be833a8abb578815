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

}  // namespace
}  // namespace sotto::mls
