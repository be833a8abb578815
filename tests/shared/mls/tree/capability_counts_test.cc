#include "mls/tree/capability_counts.h"

#include <gtest/gtest.h>

namespace sotto::mls {
namespace {

constexpr auto kSome = static_cast<ExtensionType>(0xf5a0);
constexpr auto kOther = static_cast<ExtensionType>(0xf5a1);

LeafNode leaf_with(std::vector<ExtensionType> extensions, CredentialType credential) {
  LeafNode leaf;
  leaf.capabilities.extensions = std::move(extensions);
  leaf.capabilities.proposals = {static_cast<ProposalType>(0xf5a0)};
  leaf.capabilities.credentials = {CredentialType::kBasic};
  leaf.credential.credential_type = credential;
  return leaf;
}

TEST(CapabilityCounts, CountMembersPerTypeAndKind) {
  LeafNode a = leaf_with({kSome}, CredentialType::kBasic);
  LeafNode b = leaf_with({kOther, kSome}, CredentialType::kX509);
  CapabilityCounts counts;
  counts.add(std::vector<const LeafNode*>{&a, &b});
  EXPECT_EQ(counts.supporting(kSome), 2u);
  EXPECT_EQ(counts.supporting(kOther), 1u);
  EXPECT_EQ(counts.supporting(static_cast<ExtensionType>(0xf5a2)), 0u);
  EXPECT_EQ(counts.supporting(static_cast<ProposalType>(0xf5a0)), 2u);
  EXPECT_EQ(counts.supporting(static_cast<ProposalType>(0xf5a1)), 0u);
  EXPECT_EQ(counts.supporting(CredentialType::kBasic), 2u);
  EXPECT_EQ(counts.supporting(CredentialType::kX509), 0u);
  EXPECT_EQ(counts.credentials_in_use(),
            (std::vector<CredentialType>{CredentialType::kBasic, CredentialType::kX509}));
}

TEST(CapabilityCounts, CountAMemberOnceHoweverOftenItsListsRepeatThemselves) {
  LeafNode leaf = leaf_with({kSome, kSome, kSome}, CredentialType::kBasic);
  CapabilityCounts counts;
  counts.add(std::vector<const LeafNode*>{&leaf});
  EXPECT_EQ(counts.supporting(kSome), 1u);
}

TEST(CapabilityCounts, ForgetWhoLeavesAndLeaveCopiesAlone) {
  LeafNode a = leaf_with({kSome}, CredentialType::kBasic);
  LeafNode b = leaf_with({kOther}, CredentialType::kX509);
  CapabilityCounts counts;
  counts.add(std::vector<const LeafNode*>{&a, &b});
  CapabilityCounts copy = counts;
  counts.remove(std::vector<const LeafNode*>{&b});
  EXPECT_EQ(counts.supporting(kOther), 0u);
  EXPECT_EQ(counts.supporting(kSome), 1u);
  EXPECT_EQ(counts.credentials_in_use(), std::vector<CredentialType>{CredentialType::kBasic});
  EXPECT_EQ(copy.supporting(kOther), 1u);
  EXPECT_EQ(copy.credentials_in_use().size(), 2u);
}

}  // namespace
}  // namespace sotto::mls
