#include "mls/wire/group_context.h"

#include "shared/mls/wire/samples.h"
#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

TEST(GroupContext, EncodesToTheVeryBytesItCameFrom) {
  test::expect_strict(test::sample_group_context());
}

TEST(GroupContext, OfAnotherVersionIsUnsupported) {
  GroupContext context = test::sample_group_context();
  context.version = ProtocolVersion{0x0a0a};
  EXPECT_EQ(test::error_of<GroupContext>(encode(context)), Error::kUnsupported);
}

}  // namespace
}  // namespace sotto::mls
