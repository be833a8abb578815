#include "auth/algorithm.h"

#include <gtest/gtest.h>

namespace sotto::bridge::auth {
namespace {

TEST(Algorithm, IsOneOfFourWithPublicKeys) {
  for (const char* text : {"RS256", "PS256", "ES256", "ES384"}) {
    const auto algorithm = algorithm_from(text);
    ASSERT_TRUE(algorithm) << text;
    EXPECT_EQ(name(*algorithm), text);
  }
}

TEST(Algorithm, IsNeitherNoneNorOfASharedSecretNorWrittenOtherwise) {
  for (const char* text : {"none", "None", "NONE", "", "HS256", "HS384", "HS512", "rs256", "RS256 ",
                           "RS1", "RS512", "EdDSA", "dir", "ES256K"}) {
    EXPECT_FALSE(algorithm_from(text)) << text;
  }
}

}  // namespace
}  // namespace sotto::bridge::auth
