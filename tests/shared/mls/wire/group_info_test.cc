#include "mls/wire/group_info.h"

#include "shared/mls/wire/samples.h"
#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

TEST(GroupInfo, EncodesToTheVeryBytesItCameFrom) {
  test::expect_strict(test::sample_group_info());
}

TEST(GroupInfo, SignsEverythingAboveTheSignature) {
  GroupInfo group_info = test::sample_group_info();
  Bytes tbs = group_info_tbs(group_info);
  group_info.signature = {};
  Bytes without_signature = encode(group_info);
  without_signature.pop_back();
  EXPECT_EQ(tbs, without_signature);
}

TEST(GroupInfo, RefusesTwoExtensionsOfOneType) {
  GroupInfo group_info = test::sample_group_info();
  group_info.extensions.push_back(group_info.extensions[0]);
  EXPECT_EQ(test::error_of<GroupInfo>(encode(group_info)), Error::kMalformed);
}

}  // namespace
}  // namespace sotto::mls
