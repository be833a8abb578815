#include "mls/wire/key_package.h"

#include "shared/mls/wire/samples.h"
#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

TEST(KeyPackage, EncodesToTheVeryBytesItCameFrom) {
  test::expect_strict(test::sample_key_package());
  EXPECT_EQ(*decode<KeyPackage>(encode(test::sample_key_package())), test::sample_key_package());
}

TEST(KeyPackage, OfAnotherVersionIsUnsupportedAndOfAnySuiteIsRead) {
  KeyPackage key_package = test::sample_key_package();
  key_package.cipher_suite = CipherSuite{0x0007};
  EXPECT_TRUE(decode<KeyPackage>(encode(key_package)));
  key_package.version = ProtocolVersion{2};
  EXPECT_EQ(test::error_of<KeyPackage>(encode(key_package)), Error::kUnsupported);
}

TEST(KeyPackage, SignsEverythingAboveTheSignature) {
  KeyPackage key_package = test::sample_key_package();
  Bytes tbs = key_package_tbs(key_package);
  key_package.signature = {};
  Bytes without_signature = encode(key_package);
  without_signature.pop_back();
  EXPECT_EQ(tbs, without_signature);
}

}  // namespace
}  // namespace sotto::mls
