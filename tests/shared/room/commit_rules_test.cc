#include "room/commit_rules.h"

#include <gtest/gtest.h>

#include "shared/room/room_example.h"
#include "support/policy_for_test.h"

namespace sotto::room {
namespace {

class CommitRules : public ::testing::Test {
 protected:
  void expect_refused(const test::CommitExample& commit, Rule rule) {
    EXPECT_EQ(commit.judge(), rule);
    EXPECT_EQ(commit.judge(PolicyForTest::without(rule)), std::nullopt);
  }

  test::CommitExample commit(std::uint32_t committer) {
    return test::CommitExample(room_, committer);
  }

  test::RoomExample room_;
};

TEST_F(CommitRules, TakeAnOrdinaryRemovalByAnybody) {
  EXPECT_EQ(commit(1).remove(2).judge(), std::nullopt);
}

TEST_F(CommitRules, TakeNobodyWhoCommitsItselfIn) {
  expect_refused(commit(1).from_outside(), Rule::kNoExternalCommits);
  expect_refused(commit(1).propose({mls::ExternalInit{}}, mls::LeafIndex{1}),
                 Rule::kNoExternalCommits);
}

TEST_F(CommitRules, TakeNoProposalFromOutside) {
  for (const auto type : {mls::SenderType::kExternal, mls::SenderType::kNewMemberProposal}) {
    expect_refused(commit(0).propose({mls::Remove{{2}}}, mls::Sender{type, {}, 0}, true),
                   Rule::kNoExternalProposals);
    EXPECT_EQ(judge_proposal({type, {}, 0}, {mls::Remove{{2}}}), Rule::kNoExternalProposals);
  }
}

TEST_F(CommitRules, TakeNoReInit) {
  expect_refused(commit(0).propose({mls::ReInit{}}, mls::LeafIndex{0}), Rule::kNoReInit);
}

TEST_F(CommitRules, TakeProposalsByValueButALeaversOwn) {
  const mls::Sender ben{mls::SenderType::kMember, {1}, 0};
  EXPECT_EQ(commit(0).propose({mls::Remove{{1}}}, ben, true).judge(), std::nullopt);
  EXPECT_EQ(judge_proposal(ben, {mls::Remove{{1}}}), std::nullopt);
  expect_refused(commit(0).propose({mls::Remove{{2}}}, ben, true), Rule::kProposalsByValue);
  EXPECT_EQ(judge_proposal(ben, {mls::Remove{{2}}}), Rule::kProposalsByValue);
  EXPECT_EQ(judge_proposal(ben, {mls::Update{}}), Rule::kProposalsByValue);
  EXPECT_EQ(judge_proposal(ben, {mls::GroupContextExtensions{}}), Rule::kProposalsByValue);
}

TEST_F(CommitRules, LetALeafStayTheSamePersons) {
  test::Person ben = room_.members[1];
  mls::LeafNode after = room_.leaf_of(ben);
  after.encryption_key = mls::Bytes(32, 1);
  EXPECT_EQ(commit(1).update(1, after).judge(), std::nullopt);

  ben.leaf_key = room_.person("").leaf_key;
  EXPECT_EQ(commit(1).update(1, room_.leaf_of(ben)).judge(), std::nullopt);
  ben.name = "Ann's boss";
  expect_refused(commit(1).update(1, room_.leaf_of(ben)), Rule::kIdentityStays);

  test::Person eve = room_.person("Ben");
  expect_refused(commit(1).update(1, room_.leaf_of(eve)), Rule::kIdentityStays);
}

// The old credential on a new key: nobody vouched for it, and no joiner would take the leaf.
TEST_F(CommitRules, WantAnIdentityForANewLeafKey) {
  mls::LeafNode after = room_.leaf_of(room_.members[1]);
  after.signature_key = mls::to_bytes(room_.person("").leaf_key->public_key());
  expect_refused(commit(1).update(1, after), Rule::kIdentity);
}

}  // namespace
}  // namespace sotto::room
