#include "mls/wire/framed_content.h"

#include "shared/mls/wire/samples.h"
#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

using test::sample_content;

AuthenticatedContent signed_commit() {
  return {WireFormat::kPublicMessage,
          sample_content(test::sample_commit()),
          {Bytes(64, 1), Bytes(32, 2)}};
}

TEST(FramedContent, OfEachTypeEncodesToTheVeryBytesItCameFrom) {
  test::expect_strict(sample_content(ApplicationData{{1, 2, 3}}));
  test::expect_strict(sample_content(test::sample_commit()));
  for (const Proposal& proposal : test::sample_proposals()) {
    test::expect_strict(sample_content(proposal));
  }
}

TEST(FramedContent, RefusesAContentTypeThatIsNone) {
  for (const char* text :
       {"00000000000000000001000000000000", "00000000000000000001000000000004"}) {
    EXPECT_EQ(test::error_of<FramedContent>(test::from_hex(text)), Error::kMalformed) << text;
  }
}

TEST(Sender, HasAnIndexOnlyWhereTheRfcGivesItOne) {
  EXPECT_EQ(to_hex(encode(Sender{SenderType::kMember, LeafIndex{7}, 9})), "0100000007");
  EXPECT_EQ(to_hex(encode(Sender{SenderType::kExternal, LeafIndex{7}, 9})), "0200000009");
  EXPECT_EQ(to_hex(encode(Sender{SenderType::kNewMemberProposal, LeafIndex{7}, 9})), "03");
  EXPECT_EQ(to_hex(encode(Sender{SenderType::kNewMemberCommit, LeafIndex{7}, 9})), "04");
  EXPECT_EQ(test::error_of<Sender>(test::from_hex("00")), Error::kMalformed);
  EXPECT_EQ(test::error_of<Sender>(test::from_hex("05")), Error::kMalformed);
}

TEST(AuthenticatedContent, HasAConfirmationTagOfCommitsAlone) {
  test::expect_strict(signed_commit());
  AuthenticatedContent proposal = {WireFormat::kPrivateMessage,
                                   sample_content(test::sample_proposals()[2]),
                                   {Bytes(64, 1), Bytes(32, 2)}};
  test::expect_strict(proposal);
  EXPECT_TRUE(decode<AuthenticatedContent>(encode(proposal))->auth.confirmation_tag.empty());
}

TEST(FramedContentTbs, CoversVersionFormatContentAndForThoseInTheGroupItsContext) {
  GroupContext context = test::sample_group_context();
  FramedContent content = sample_content(ApplicationData{{1}});
  for (auto [sender, covered] : {std::pair{SenderType::kMember, true},
                                 {SenderType::kNewMemberCommit, true},
                                 {SenderType::kExternal, false},
                                 {SenderType::kNewMemberProposal, false}}) {
    content.sender.sender_type = sender;
    std::string expected = "00010002" + to_hex(encode(content));
    if (covered) expected += to_hex(encode(context));
    EXPECT_EQ(to_hex(framed_content_tbs(WireFormat::kPrivateMessage, content, context)), expected);
  }
}

TEST(AuthenticatedContentTbm, IsTheTbsAndWhatAuthenticatesIt) {
  AuthenticatedContent commit = signed_commit();
  GroupContext context = test::sample_group_context();
  EXPECT_EQ(to_hex(authenticated_content_tbm(commit, context)),
            to_hex(framed_content_tbs(commit.wire_format, commit.content, context)) + "4040" +
                to_hex(commit.auth.signature) + "20" + to_hex(commit.auth.confirmation_tag));
}

TEST(TranscriptHashInputs, AreTheSignedCommitAndThenItsTag) {
  AuthenticatedContent commit = signed_commit();
  EXPECT_EQ(to_hex(confirmed_transcript_hash_input(commit)),
            "0001" + to_hex(encode(commit.content)) + "4040" + to_hex(commit.auth.signature));
  EXPECT_EQ(to_hex(interim_transcript_hash_input(commit.auth.confirmation_tag)),
            "20" + to_hex(commit.auth.confirmation_tag));
}

}  // namespace
}  // namespace sotto::mls
