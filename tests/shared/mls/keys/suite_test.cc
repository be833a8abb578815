#include "mls/keys/suite.h"

#include <gtest/gtest.h>

namespace sotto::mls {
namespace {

TEST(Suite, IsOneOfTwo) {
  for (std::uint32_t number = 0; number <= 0xffff; ++number) {
    const auto cipher_suite = static_cast<CipherSuite>(number);
    const auto suite = suite_from(cipher_suite);
    if (number == 1 || number == 3) {
      ASSERT_TRUE(suite);
      EXPECT_EQ(cipher_suite_of(*suite), cipher_suite);
      EXPECT_EQ(nk(*suite), sizes(aead_of(*suite)).key);
      EXPECT_EQ(kNn, sizes(aead_of(*suite)).nonce);
      EXPECT_EQ(kNt, sizes(aead_of(*suite)).tag);
    } else {
      ASSERT_EQ(suite.error(), Error::kUnsupported) << number;
    }
  }
}

}  // namespace
}  // namespace sotto::mls
