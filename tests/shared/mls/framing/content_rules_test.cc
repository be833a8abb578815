#include "mls/framing/content_rules.h"

#include <gtest/gtest.h>

#include "shared/mls/wire/samples.h"

namespace sotto::mls {
namespace {

constexpr auto kPublic = WireFormat::kPublicMessage;
constexpr auto kPrivate = WireFormat::kPrivateMessage;

template <typename Content>
bool allowed(WireFormat wire_format, SenderType sender, Content content) {
  FramedContent framed = test::sample_content(std::move(content));
  framed.sender = {sender, {}, 0};
  auto checked = check_content_rules(wire_format, framed);
  if (!checked) {
    EXPECT_EQ(checked.error(), Error::kMalformed);
  }
  return checked.has_value();
}

TEST(ContentRules, ApplicationDataIsAlwaysEncrypted) {
  EXPECT_TRUE(allowed(kPrivate, SenderType::kMember, ApplicationData{{1}}));
  EXPECT_FALSE(allowed(kPublic, SenderType::kMember, ApplicationData{{1}}));
}

TEST(ContentRules, MembersMaySendHandshakesBothWays) {
  for (auto wire_format : {kPublic, kPrivate}) {
    EXPECT_TRUE(allowed(wire_format, SenderType::kMember, test::sample_commit()));
    for (const Proposal& proposal : test::sample_proposals()) {
      EXPECT_TRUE(allowed(wire_format, SenderType::kMember, proposal));
    }
  }
}

TEST(ContentRules, NobodyOutsideTheGroupSendsPrivateMessages) {
  const Proposal add = test::sample_proposals()[0];
  EXPECT_FALSE(allowed(kPrivate, SenderType::kExternal, add));
  EXPECT_FALSE(allowed(kPrivate, SenderType::kNewMemberProposal, add));
  EXPECT_FALSE(allowed(kPrivate, SenderType::kNewMemberCommit, test::sample_commit()));
}

TEST(ContentRules, ExternalSendersProposeWhatTheRfcLetsThem) {
  for (const Proposal& proposal : test::sample_proposals()) {
    const ProposalType type = proposal.proposal_type();
    const bool may = type != ProposalType::kUpdate && type != ProposalType::kExternalInit;
    EXPECT_EQ(allowed(kPublic, SenderType::kExternal, proposal), may) << static_cast<int>(type);
  }
  EXPECT_FALSE(allowed(kPublic, SenderType::kExternal, test::sample_commit()));
  EXPECT_FALSE(allowed(kPublic, SenderType::kExternal, ApplicationData{{1}}));
}

TEST(ContentRules, NewMembersProposeNothingButAnAdd) {
  for (const Proposal& proposal : test::sample_proposals()) {
    EXPECT_EQ(allowed(kPublic, SenderType::kNewMemberProposal, proposal),
              proposal.proposal_type() == ProposalType::kAdd);
  }
  EXPECT_FALSE(allowed(kPublic, SenderType::kNewMemberProposal, test::sample_commit()));
}

TEST(ContentRules, NewMembersCommitWithAPath) {
  EXPECT_TRUE(allowed(kPublic, SenderType::kNewMemberCommit, test::sample_commit()));
  Commit without_path = test::sample_commit();
  without_path.path.reset();
  EXPECT_FALSE(allowed(kPublic, SenderType::kNewMemberCommit, without_path));
  EXPECT_FALSE(allowed(kPublic, SenderType::kNewMemberCommit, test::sample_proposals()[0]));
}

TEST(ContentRules, NoOtherWireFormatCarriesContent) {
  EXPECT_FALSE(allowed(WireFormat::kWelcome, SenderType::kMember, test::sample_commit()));
}

}  // namespace
}  // namespace sotto::mls
