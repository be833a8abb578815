#include "mls/group/proposal_selection.h"

#include "shared/mls/group/some_group.h"

namespace sotto::mls {
namespace {

std::vector<ProposalType> selected_by(Group& group, RandomSource& random) {
  CommitOptions options;
  auto selection = select_proposals(GroupAccess::state(group), options, random);
  EXPECT_TRUE(selection.has_value());
  std::vector<ProposalType> types;
  for (const CommittedProposal& entry : selection->proposals) {
    types.push_back(entry.proposal->proposal_type());
  }
  return types;
}

TEST(ACommittersChoice, IsTheLatestUpdateOfAMember) {
  SomeGroup group(3);
  auto first = group[1].propose_update({}, {}, group.random());
  group.deliver_proposal(1, *first);
  auto second = group[1].propose_update({}, {}, group.random());
  group.deliver_proposal(1, *second);
  CommitOptions options;
  auto selection = select_proposals(GroupAccess::state(group[0]), options, group.random());
  ASSERT_TRUE(selection.has_value());
  ASSERT_EQ(selection->proposals.size(), 1u);
  EXPECT_EQ(selection->proposals[0].reference, group[0].stored_proposals()[1]->reference);
}

TEST(ACommittersChoice, IsAReInitOnlyWhereThereIsNothingElse) {
  SomeGroup group(3);
  ReInit reinit{to_bytes(as_bytes("next")), ProtocolVersion::kMls10, kSuite, {}};
  group.propose(1, {reinit});
  EXPECT_EQ(selected_by(group[0], group.random()), (std::vector{ProposalType::kReInit}));
  group.propose(1, remove_of(2));
  EXPECT_EQ(selected_by(group[0], group.random()), (std::vector{ProposalType::kRemove}));
}

TEST(ACommittersChoice, LeavesOutPsksThatItDoesNotHave) {
  SomeGroup group(3);
  group.propose(1, psk_of("unknown"));
  OwnKeyPackage newcomer = key_package_of("newcomer", group.random());
  group.propose(1, add_of(newcomer));
  EXPECT_EQ(selected_by(group[0], group.random()), (std::vector{ProposalType::kAdd}));
}

TEST(ACommittersChoice, IsWithoutWhatTheApplicationDropped) {
  SomeGroup group(3);
  group.propose(1, remove_of(2));
  EXPECT_TRUE(group[0].drop_proposal(group[0].stored_proposals()[0]->reference));
  EXPECT_FALSE(group[0].drop_proposal(Bytes(32)));
  EXPECT_TRUE(selected_by(group[0], group.random()).empty());
  EXPECT_TRUE(group[0].protect({}, {}, group.random()).has_value());
}

class CountingPskStore : public MemoryPskStore {
 public:
  const Bytes* external(ByteView psk_id) const override {
    ++lookups;
    return MemoryPskStore::external(psk_id);
  }
  mutable std::size_t lookups = 0;
};

// Otherwise a member would keep everybody from committing by one bad proposal behind many good
// ones.
TEST(ACommittersChoice, LeavesOutTheOneThatIsBadWithoutTryingEachOther) {
  SomeGroup group(3);
  CountingPskStore psks;
  psks.add_external(as_bytes("known"), Bytes(32, 1));
  for (std::uint8_t i = 0; i < 100; ++i) {
    group.propose(1, psk_of("known", i));
    if (i == 70) group.propose(1, psk_of("unknown"));
  }
  CommitOptions options;
  options.psks = &psks;
  auto selection = select_proposals(GroupAccess::state(group[0]), options, group.random());
  ASSERT_TRUE(selection.has_value());
  EXPECT_EQ(selection->proposals.size(), 100u);
  EXPECT_LT(psks.lookups, 1500u);  // one after the other, it would be more than 5,000
}

TEST(ACommittersChoice, FillsInNonces) {
  SomeGroup group(2);
  MemoryPskStore psks;
  psks.add_external(as_bytes("a"), Bytes(32, 1));
  CommitOptions options;
  options.psks = &psks;
  PreSharedKey psk;
  psk.psk.psk_id = to_bytes(as_bytes("a"));
  options.proposals = {{psk}, {psk}};
  auto selection = select_proposals(GroupAccess::state(group[0]), options, group.random());
  ASSERT_TRUE(selection.has_value());
  const auto& ids = selection->provisional.effects.psks;
  ASSERT_EQ(ids.size(), 2u);
  EXPECT_EQ(ids[0].psk_nonce.size(), kNh);
  EXPECT_NE(ids[0].psk_nonce, ids[1].psk_nonce);
}

}  // namespace
}  // namespace sotto::mls
