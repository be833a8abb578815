#include "mls/wire/public_message.h"

#include "shared/mls/wire/samples.h"
#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

TEST(PublicMessage, HasAMembershipTagOfMembersAlone) {
  PublicMessage message{
      test::sample_content(test::sample_commit()), {Bytes(64, 1), Bytes(32, 2)}, Bytes(32, 3)};
  test::expect_strict(message);
  EXPECT_EQ(decode<PublicMessage>(encode(message))->membership_tag, Bytes(32, 3));
  for (auto sender :
       {SenderType::kExternal, SenderType::kNewMemberProposal, SenderType::kNewMemberCommit}) {
    message.content.sender = {sender, {}, 0};
    test::expect_strict(message);
    EXPECT_TRUE(decode<PublicMessage>(encode(message))->membership_tag.empty());
  }
}

}  // namespace
}  // namespace sotto::mls
