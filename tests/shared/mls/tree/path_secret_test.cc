#include "mls/tree/path_secret.h"

#include <gtest/gtest.h>

#include "mls/keys/expand_with_label.h"

namespace sotto::mls {
namespace {

TEST(PathSecret, LeadsToTheNextOneAndToAKeyPairByDifferentLabels) {
  Secret<kNh> secret;
  secret.writable()[0] = 9;
  EXPECT_TRUE(equal(next_path_secret(secret).view(), derive_secret(secret.view(), "path").view()));
  HpkeKeyPair expected = HpkeKeyPair::derive(derive_secret(secret.view(), "node").view());
  EXPECT_EQ(node_key_pair(secret).public_key, expected.public_key);
  EXPECT_NE(node_key_pair(next_path_secret(secret)).public_key, expected.public_key);
}

}  // namespace
}  // namespace sotto::mls
