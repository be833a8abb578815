#include "mls/group/proposal_application.h"

#include "shared/mls/group/rogue_member.h"

namespace sotto::mls {
namespace {

// Asks more than `newcomer`s of the other tests have.
Extension require(std::vector<ExtensionType> extensions, std::vector<ProposalType> proposals = {},
                  std::vector<CredentialType> credentials = {}) {
  return make_extension(RequiredCapabilities{extensions, proposals, credentials});
}

OwnKeyPackage newcomer_with(const Capabilities& capabilities, RandomSource& random) {
  KeyPackageOptions options;
  options.leaf_node.credential = basic_credential(as_bytes("newcomer"));
  options.leaf_node.capabilities = capabilities;
  options.lifetime = {1000, 2000};
  auto made = generate_key_package(std::move(options), SignatureKeyPair::generate(random), random);
  EXPECT_TRUE(made.has_value());
  return *std::move(made);
}

void expect_not_added(SomeGroup& group, const OwnKeyPackage& newcomer) {
  CommitOptions own;
  own.proposals = {add_of(newcomer)};
  HashValue before = digest_of(group[1]);
  EXPECT_FALSE(group[1].commit(std::move(own), group.random()).has_value());
  EXPECT_EQ(digest_of(group[1]), before);
  auto handled = group[0].handle(rogue_commit(group[1], commit_of({add_of(newcomer)})));
  ASSERT_FALSE(handled.has_value());
  EXPECT_NE(handled.error(), Error::kUnauthenticated);  // that would be its tag
}

TEST(RequiredCapabilitiesOfAGroup, AreAskedOfNewcomers) {
  for (const Extension& required :
       {require({kOurExtension}),
        require({}, {}, {CredentialType::kBasic, CredentialType::kBasic})}) {
    SomeGroup group(2, {}, {required});
    EXPECT_EQ(group.size(), 2u);
  }
  SomeGroup group(2, {}, {require({kOurExtension})});
  expect_not_added(group, newcomer_with(default_capabilities(), group.random()));
}

TEST(ExtensionsOfAGroup, AreSupportedByNewcomers) {
  SomeGroup group(2, {}, {{kOurExtension, {}}});
  expect_not_added(group, newcomer_with(default_capabilities(), group.random()));
}

TEST(CredentialsOfAGroup, AreOfTypesThatEverybodySupports) {
  SomeGroup group(2);
  Capabilities capabilities = default_capabilities();
  capabilities.credentials = {CredentialType::kX509};
  KeyPackageOptions options;
  options.leaf_node.credential.credential_type = CredentialType::kX509;
  options.leaf_node.capabilities = capabilities;
  options.lifetime = {1000, 2000};
  auto made = generate_key_package(std::move(options), SignatureKeyPair::generate(group.random()),
                                   group.random());
  ASSERT_TRUE(made.has_value());
  expect_not_added(group, *made);
}

TEST(GroupContextExtensionsProposals, AskNothingThatAMemberDoesNotSupport) {
  SomeGroup group(3);
  for (const Extension& unsupported :
       {Extension{ExtensionType{0xf5aa}, {}}, require({ExtensionType{0xf5aa}}),
        require({}, {ProposalType{0xf001}}), require({}, {}, {CredentialType{0xf001}})}) {
    CommitOptions own;
    own.proposals = {{GroupContextExtensions{{unsupported}}}};
    EXPECT_FALSE(group[1].commit(std::move(own), group.random()).has_value());
    Commit commit = commit_with_path(group[1], group.random(), [](UpdatePath&) {});
    commit.proposals.push_back({Proposal{GroupContextExtensions{{unsupported}}}});
    HashValue before = digest_of(group[0]);
    auto handled = group[0].handle(rogue_commit(group[1], std::move(commit)));
    ASSERT_FALSE(handled.has_value());
    EXPECT_NE(handled.error(), Error::kUnauthenticated);
    EXPECT_EQ(digest_of(group[0]), before);
  }
}

// Section 13.5: nobody supports GREASE, whatever its capabilities say.
TEST(GroupContextExtensionsProposals, AskForNoGrease) {
  test::SeededRandom random(1);
  LeafNode leaf_node;
  leaf_node.capabilities.extensions = {ExtensionType{0x0a0a}, kOurExtension};
  LeafRules rules;
  rules.group_extensions = {kOurExtension};
  EXPECT_TRUE(check_own_support(leaf_node, rules));
  rules.group_extensions = {ExtensionType{0x0a0a}};
  EXPECT_FALSE(check_own_support(leaf_node, rules));
}

// Section 12.3: "The new extensions MUST be used when evaluating other proposals in this list".
TEST(GroupContextExtensionsProposals, HoldForTheAddsBesideThem) {
  SomeGroup group(2, {}, {require({kOurExtension})});
  OwnKeyPackage newcomer = newcomer_with(default_capabilities(), group.random());
  CommitOptions options;
  options.proposals = {add_of(newcomer), {GroupContextExtensions{}}};
  CommitMessages messages = group.commit(1, std::move(options));
  group.join(newcomer, messages.welcomes.at(0).message);
  group.expect_agreement();
  EXPECT_TRUE(group[0].context().extensions.empty());

  OwnKeyPackage another = newcomer_with(default_capabilities(), group.random());
  CommitOptions stricter;
  stricter.proposals = {add_of(another), {GroupContextExtensions{{{kOurExtension, {}}}}}};
  EXPECT_FALSE(group[0].commit(std::move(stricter), group.random()).has_value());
}

}  // namespace
}  // namespace sotto::mls
