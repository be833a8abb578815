#include "mls/wire/proposal.h"

#include "shared/mls/wire/samples.h"
#include "shared/mls/wire/strict_coding.h"

namespace sotto::mls {
namespace {

TEST(Proposal, OfEachTypeEncodesToTheVeryBytesItCameFrom) {
  std::uint16_t type = 0;
  for (const Proposal& proposal : test::sample_proposals()) {
    EXPECT_EQ(static_cast<std::uint16_t>(proposal.proposal_type()), ++type);
    test::expect_strict(proposal);
    EXPECT_EQ(*decode<Proposal>(encode(proposal)), proposal);
  }
  EXPECT_EQ(type, 7);
}

TEST(Proposal, GivesItsBodyToWhoeverAsksForTheRightType) {
  Proposal proposal{Remove{LeafIndex{5}}};
  EXPECT_EQ(proposal.as<Remove>()->removed, LeafIndex{5});
  EXPECT_EQ(proposal.as<Add>(), nullptr);
}

TEST(Proposal, OfAnotherTypeIsUnsupportedGreaseAmongThem) {
  for (const char* text : {"0000", "0008", "0a0a", "f001"}) {
    EXPECT_EQ(test::error_of<Proposal>(test::from_hex(text)), Error::kUnsupported) << text;
  }
}

TEST(Proposal, TakesLittleRoomInAListOfMany) {
  EXPECT_LE(sizeof(Proposal), 128u) << "a Commit's list is as long as its sender likes";
}

}  // namespace
}  // namespace sotto::mls
