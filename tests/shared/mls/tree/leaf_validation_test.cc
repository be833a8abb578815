#include "mls/tree/leaf_validation.h"

#include "shared/mls/tree/sample_group.h"

namespace sotto::mls::test {
namespace {

constexpr auto kCustomExtension = static_cast<ExtensionType>(0xf5a0);
constexpr auto kCustomProposal = static_cast<ProposalType>(0xf5a0);

LeafRules some_rules() {
  LeafRules rules;
  rules.group_id = to_bytes(as_bytes("group"));
  rules.cipher_suite = cipher_suite_of(kSuite);
  return rules;
}

Error error_of(const LeafNode& leaf, const LeafRules& rules) {
  Result<void> result = check_leaf_fields(leaf, rules);
  EXPECT_FALSE(result);
  return result ? Error{} : result.error();
}

class LeafValidation : public testing::Test {
 protected:
  SeededRandom random;
  NewLeaf made = new_leaf(random);
  LeafNode& leaf = made.leaf_node;
  LeafRules rules = some_rules();

  void sign(LeafIndex place) {
    leaf.signature =
        sign_with_label(made.signer, "LeafNodeTBS", leaf_node_tbs(leaf, rules.group_id, place));
  }
};

TEST_F(LeafValidation, AcceptsAnOrdinaryLeaf) {
  EXPECT_TRUE(validate_leaf(leaf, LeafNodeSource::kKeyPackage, {3}, rules));
  EXPECT_TRUE(validate_leaf(leaf, std::nullopt, {4}, rules));
}

TEST_F(LeafValidation, WantsTheSourceOfItsPlace) {
  EXPECT_EQ(validate_leaf(leaf, LeafNodeSource::kUpdate, {3}, rules).error(), Error::kMalformed);
  EXPECT_EQ(validate_leaf(leaf, LeafNodeSource::kCommit, {3}, rules).error(), Error::kMalformed);
}

TEST_F(LeafValidation, BindsUpdatesAndCommitsToGroupAndPlace) {
  for (LeafNodeSource source : {LeafNodeSource::kUpdate, LeafNodeSource::kCommit}) {
    leaf.leaf_node_source = source;
    leaf.lifetime = {};
    sign({3});
    EXPECT_TRUE(validate_leaf(leaf, source, {3}, rules));
    EXPECT_EQ(validate_leaf(leaf, source, {4}, rules).error(), Error::kUnauthenticated);
    LeafRules other = rules;
    other.group_id.push_back('x');
    EXPECT_EQ(validate_leaf(leaf, source, {3}, other).error(), Error::kUnauthenticated);
  }
}

TEST_F(LeafValidation, RefusesAForgedLeaf) {
  leaf.credential = basic_credential(as_bytes("somebody else"));
  EXPECT_EQ(validate_leaf(leaf, std::nullopt, {3}, rules).error(), Error::kUnauthenticated);
}

TEST_F(LeafValidation, WantsKeysOfTheSuite) {
  LeafNode other = leaf;
  other.encryption_key.pop_back();
  EXPECT_EQ(error_of(other, rules), Error::kMalformed);
  other = leaf;
  other.signature_key.push_back(0);
  EXPECT_EQ(error_of(other, rules), Error::kMalformed);
}

TEST_F(LeafValidation, WantsTheVersionAndTheSuiteListed) {
  LeafNode other = leaf;
  other.capabilities.versions = {static_cast<ProtocolVersion>(2)};
  EXPECT_EQ(error_of(other, rules), Error::kUnsupported);
  other = leaf;
  other.capabilities.cipher_suites = {CipherSuite::kX25519Aes128GcmSha256Ed25519};
  EXPECT_EQ(error_of(other, rules), Error::kUnsupported);
}

TEST_F(LeafValidation, WantsTheCredentialsOwnTypeListed) {
  leaf.capabilities.credentials = {CredentialType::kX509};
  EXPECT_EQ(error_of(leaf, rules), Error::kUnsupported);
}

TEST_F(LeafValidation, WantsItsExtensionsListedButForTheDefaultOnes) {
  leaf.extensions = {{ExtensionType::kApplicationId, {1}}};
  EXPECT_TRUE(check_leaf_fields(leaf, rules));
  leaf.extensions.push_back({kCustomExtension, {}});
  EXPECT_EQ(error_of(leaf, rules), Error::kUnsupported);
  leaf.capabilities.extensions = {static_cast<ExtensionType>(0xfafa), kCustomExtension};
  EXPECT_TRUE(check_leaf_fields(leaf, rules));
}

TEST_F(LeafValidation, WantsWhatTheGroupRequires) {
  rules.required_capabilities.extension_types = {ExtensionType::kExternalSenders};
  rules.required_capabilities.proposal_types = {ProposalType::kReInit};
  EXPECT_TRUE(check_leaf_fields(leaf, rules));

  rules.required_capabilities.extension_types.push_back(kCustomExtension);
  EXPECT_EQ(error_of(leaf, rules), Error::kUnsupported);
  leaf.capabilities.extensions = {kCustomExtension};
  EXPECT_TRUE(check_leaf_fields(leaf, rules));

  rules.required_capabilities.proposal_types.push_back(kCustomProposal);
  EXPECT_EQ(error_of(leaf, rules), Error::kUnsupported);
  leaf.capabilities.proposals = {kCustomProposal};
  EXPECT_TRUE(check_leaf_fields(leaf, rules));

  rules.required_capabilities.credential_types = {CredentialType::kX509};
  EXPECT_EQ(error_of(leaf, rules), Error::kUnsupported);
  leaf.capabilities.credentials.push_back(CredentialType::kX509);
  EXPECT_TRUE(check_leaf_fields(leaf, rules));
}

TEST_F(LeafValidation, WantsTheGroupsOwnExtensionsListed) {
  GroupContext context;
  context.cipher_suite = rules.cipher_suite;
  context.extensions = {{kCustomExtension, {}}, make_extension(ExternalSenders{})};
  rules = LeafRules::of(context).value();
  EXPECT_EQ(error_of(leaf, rules), Error::kUnsupported);
  leaf.capabilities.extensions = {kCustomExtension};
  EXPECT_TRUE(check_leaf_fields(leaf, rules));
}

TEST_F(LeafValidation, TakesItsRulesFromTheGroupContext) {
  GroupContext context;
  context.group_id = {1, 2};
  context.extensions = {make_extension(RequiredCapabilities{{kCustomExtension}, {}, {}})};
  rules = LeafRules::of(context).value();
  EXPECT_EQ(rules.group_id, context.group_id);
  EXPECT_EQ(rules.required_capabilities.extension_types,
            std::vector<ExtensionType>{kCustomExtension});
  context.extensions[0].extension_data.pop_back();
  EXPECT_FALSE(LeafRules::of(context));
}

TEST_F(LeafValidation, LooksAtLifetimesOnlyWithAClock) {
  EXPECT_TRUE(check_leaf_fields(leaf, rules));
  for (std::uint64_t now : {1000, 1500, 2000}) {
    rules.now = now;
    EXPECT_TRUE(check_leaf_fields(leaf, rules)) << now;
  }
  for (std::uint64_t now : {999, 2001}) {
    rules.now = now;
    EXPECT_EQ(error_of(leaf, rules), Error::kExpired) << now;
  }
  leaf.leaf_node_source = LeafNodeSource::kUpdate;
  EXPECT_TRUE(check_leaf_fields(leaf, rules));
}

TEST_F(LeafValidation, RefusesALifetimeThatIsTooLongOrBackwards) {
  rules.longest_lifetime = 1000;
  EXPECT_TRUE(check_leaf_fields(leaf, rules));
  rules.longest_lifetime = 999;
  EXPECT_EQ(error_of(leaf, rules), Error::kExpired);
  leaf.lifetime = {2, 1};
  EXPECT_EQ(error_of(leaf, rules), Error::kMalformed);
}

class Policy : public LeafPolicy {
 public:
  Result<void> check_credential(const LeafNode& leaf_node, Ed25519Many&) override {
    ++asked;
    if (as_text(leaf_node.credential.identity) == "Mallory") return fail(Error::kNotFound);
    return {};
  }
  bool signature_known(const LeafNode&, LeafIndex leaf) override { return leaf == known; }

  int asked = 0;
  std::optional<LeafIndex> known;
};

TEST_F(LeafValidation, AsksTheApplicationAfterTheSignature) {
  Policy policy;
  rules.policy = &policy;
  EXPECT_TRUE(validate_leaf(leaf, std::nullopt, {3}, rules));
  EXPECT_EQ(policy.asked, 1);
  leaf.credential = basic_credential(as_bytes("Mallory"));
  EXPECT_EQ(validate_leaf(leaf, std::nullopt, {3}, rules).error(), Error::kUnauthenticated);
  EXPECT_EQ(policy.asked, 1);
  sign({3});
  EXPECT_EQ(validate_leaf(leaf, std::nullopt, {3}, rules).error(), Error::kNotFound);
}

TEST_F(LeafValidation, DoesNotVerifyAKnownSignatureAgain) {
  Policy policy;
  policy.known = LeafIndex{3};
  rules.policy = &policy;
  leaf.signature.clear();
  EXPECT_TRUE(validate_leaf(leaf, std::nullopt, {3}, rules));
  EXPECT_EQ(policy.asked, 1);
  EXPECT_EQ(validate_leaf(leaf, std::nullopt, {4}, rules).error(), Error::kUnauthenticated);
}

}  // namespace
}  // namespace sotto::mls::test
