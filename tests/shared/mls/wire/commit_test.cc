#include "mls/wire/commit.h"

#include "shared/mls/wire/samples.h"
#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

TEST(Commit, EncodesToTheVeryBytesItCameFrom) {
  test::expect_strict(test::sample_commit());
  EXPECT_EQ(*decode<Commit>(encode(test::sample_commit())), test::sample_commit());
  test::expect_strict(Commit{});
}

TEST(Commit, TellsProposalsFromReferences) {
  Commit commit = test::sample_commit();
  EXPECT_EQ(commit.proposals.front().type(), ProposalOrRefType::kProposal);
  EXPECT_EQ(commit.proposals.front().reference(), nullptr);
  EXPECT_EQ(commit.proposals.back().type(), ProposalOrRefType::kReference);
  EXPECT_EQ(commit.proposals.back().proposal(), nullptr);
}

TEST(Commit, RefusesAKindOfProposalThatIsNone) {
  for (const char* text : {"010000", "010300"}) {
    EXPECT_EQ(test::error_of<Commit>(test::from_hex(text)), Error::kMalformed) << text;
  }
}

TEST(Commit, RefusesAReferenceShorterThanAnyHash) {
  Commit commit;
  commit.proposals.push_back({ProposalRef(31, 1)});
  EXPECT_EQ(test::error_of<Commit>(encode(commit)), Error::kMalformed);
  commit.proposals[0] = {ProposalRef(32, 1)};
  EXPECT_TRUE(decode<Commit>(encode(commit)));
}

}  // namespace
}  // namespace sotto::mls
