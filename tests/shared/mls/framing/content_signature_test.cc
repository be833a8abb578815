#include "mls/framing/content_signature.h"

#include <gtest/gtest.h>

#include "shared/mls/framing/two_members.h"

namespace sotto::mls {
namespace {

using test::TwoMembers;

bool verifies(const AuthenticatedContent& content, const TwoMembers& group) {
  auto verified = verify_content(content, group.keys().context, group.keys().leaf);
  if (!verified) {
    EXPECT_EQ(verified.error(), Error::kUnauthenticated);
  }
  return verified.has_value();
}

TEST(ContentSignature, OfAMemberVerifiesWithTheKeyInItsLeaf) {
  TwoMembers group;
  auto content = group.from_bob(WireFormat::kPrivateMessage, ApplicationData{{1}});
  EXPECT_TRUE(verifies(content, group));
  content.content.sender.leaf_index = test::kAda;
  EXPECT_FALSE(verifies(content, group)) << "Bob speaks for Ada";
  content.content.sender.leaf_index = LeafIndex{2};
  EXPECT_FALSE(verifies(content, group)) << "a blank leaf";
}

TEST(ContentSignature, BindsFormatGroupEpochAndContent) {
  TwoMembers group;
  const auto content = group.from_bob(WireFormat::kPublicMessage, test::sample_proposals()[2]);
  EXPECT_TRUE(verifies(content, group));
  auto changed = content;
  changed.wire_format = WireFormat::kPrivateMessage;
  EXPECT_FALSE(verifies(changed, group));
  changed = content;
  changed.content.content = Proposal{Remove{LeafIndex{6}}};
  EXPECT_FALSE(verifies(changed, group));
  changed = content;
  changed.content.authenticated_data.push_back(0);
  EXPECT_FALSE(verifies(changed, group));
  TwoMembers later;
  ++later.context().epoch;
  EXPECT_FALSE(verifies(content, later));
  TwoMembers forked;
  forked.context().confirmed_transcript_hash[0] ^= 1;
  EXPECT_FALSE(verifies(content, forked)) << "the same epoch of another history";
}

TEST(ContentSignature, OfAnExternalSenderVerifiesWithTheGroupsExtension) {
  TwoMembers group;
  const Proposal remove{Remove{test::kAda}};
  auto from = [&](std::uint32_t index) {
    return group.sign(WireFormat::kPublicMessage, {SenderType::kExternal, {}, index}, remove,
                      group.service());
  };
  EXPECT_TRUE(verifies(from(1), group));
  EXPECT_FALSE(verifies(from(0), group)) << "another external sender's key";
  EXPECT_FALSE(verifies(from(2), group)) << "past the list";
  auto content = from(1);
  group.context().extensions.clear();
  EXPECT_FALSE(verifies(content, group)) << "a group without external senders";
}

TEST(ContentSignature, OfANewMemberVerifiesWithTheLeafItBringsAlong) {
  TwoMembers group;
  EXPECT_TRUE(
      verifies(group.sign(WireFormat::kPublicMessage, {SenderType::kNewMemberProposal, {}, 0},
                          group.add_newcomer(), group.newcomer()),
               group));
  EXPECT_FALSE(
      verifies(group.sign(WireFormat::kPublicMessage, {SenderType::kNewMemberProposal, {}, 0},
                          group.add_newcomer(), group.bob()),
               group));
  EXPECT_TRUE(verifies(group.sign(WireFormat::kPublicMessage, {SenderType::kNewMemberCommit, {}, 0},
                                  group.external_commit(), group.newcomer()),
                       group));
  EXPECT_FALSE(
      verifies(group.sign(WireFormat::kPublicMessage, {SenderType::kNewMemberCommit, {}, 0},
                          group.external_commit(), group.bob()),
               group));
}

TEST(ContentSignature, OfANewMemberWithoutALeafVerifiesWithNothing) {
  TwoMembers group;
  Commit without_path = group.external_commit();
  without_path.path.reset();
  EXPECT_FALSE(
      verifies(group.sign(WireFormat::kPublicMessage, {SenderType::kNewMemberCommit, {}, 0},
                          without_path, group.newcomer()),
               group));
  EXPECT_FALSE(
      verifies(group.sign(WireFormat::kPublicMessage, {SenderType::kNewMemberProposal, {}, 0},
                          Proposal{Remove{test::kAda}}, group.newcomer()),
               group));
}

}  // namespace
}  // namespace sotto::mls
