#include "mls/keys/sign_with_label.h"

#include <gtest/gtest.h>

#include "support/seeded_random.h"

namespace sotto::mls {
namespace {

TEST(SignWithLabel, SignsForOneLabelContentAndKey) {
  test::SeededRandom random(1);
  const auto pair = SignatureKeyPair::generate(random), other = SignatureKeyPair::generate(random);
  const Bytes signature = sign_with_label(pair, "LeafNodeTBS", as_bytes("content"));
  const auto verifies = [&](const SignatureKeyPair& by, std::string_view label,
                            std::string_view content) {
    return verify_with_label(by.public_key(), label, as_bytes(content), signature).has_value();
  };
  EXPECT_TRUE(verifies(pair, "LeafNodeTBS", "content"));
  EXPECT_FALSE(verifies(other, "LeafNodeTBS", "content"));
  EXPECT_FALSE(verifies(pair, "KeyPackageTBS", "content"));
  EXPECT_FALSE(verifies(pair, "LeafNodeTBS", "contents"));
  EXPECT_FALSE(verifies(pair, "LeafNodeTBSc", "ontent"));  // the boundary counts
  EXPECT_EQ(verify_with_label({}, "LeafNodeTBS", as_bytes("content"), signature).error(),
            Error::kUnauthenticated);
}

}  // namespace
}  // namespace sotto::mls
