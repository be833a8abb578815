#include "mls/group/welcome_join.h"

#include "mls/keys/encrypt_with_label.h"
#include "mls/wire/mls_message.h"
#include "shared/mls/group/some_group.h"

namespace sotto::mls {
namespace {

class Welcomes : public testing::Test {
 protected:
  Welcomes() {
    CommitOptions options;
    options.proposals = {add_of(joiner_), psk_of("a")};
    psks_.add_external(as_bytes("a"), Bytes(32, 1));
    options.psks = &psks_;
    handling_.psks = &psks_;
    messages_ = group_.commit(1, std::move(options), handling_);
    join_.psks = &psks_;
  }

  ByteView welcome() const { return messages_.welcomes[0].message; }

  // The genuine Welcome, opened, changed, signed again by its signer and sealed again.
  template <typename Change>
  Bytes welcome_with(Change change) {
    auto message = decode<MlsMessage>(welcome());
    Welcome welcome = *message->as<Welcome>();
    auto opened = open_welcome(welcome, joiner_, &psks_, nullptr);
    EXPECT_TRUE(opened.has_value());
    GroupInfo& group_info = opened->group_info;
    group_info.signature.clear();
    change(*opened);
    const Epoch& signer = GroupAccess::state(group_[1]).epoch;
    if (group_info.signature.empty()) {
      group_info.signature =
          sign_with_label(*signer.signature_key, "GroupInfoTBS", group_info_tbs(group_info));
    }
    Secret<kNh> joiner_secret(
        std::span<const std::uint8_t, kNh>(opened->group_secrets.joiner_secret.data(), kNh));
    KeyAndNonce key =
        welcome_key(signer.suite, derive_welcome_secret(joiner_secret, opened->psk_secret));
    welcome.encrypted_group_info = *key.seal({}, encode(group_info));
    welcome.secrets[0].encrypted_group_secrets = *encrypt_with_label(
        signer.suite, joiner_.key_package.init_key, "Welcome", welcome.encrypted_group_info,
        encode(opened->group_secrets), group_.random());
    return encode(MlsMessage{welcome});
  }
  template <typename Change>
  void expect_refused_with(Change change, Error error) {
    auto joined = Group::join(welcome_with(change), joiner_, join_);
    ASSERT_FALSE(joined.has_value());
    EXPECT_EQ(joined.error(), error) << name(joined.error());
  }

  SomeGroup group_{3};
  OwnKeyPackage joiner_ = key_package_of("joiner", group_.random());
  MemoryPskStore psks_;
  HandleOptions handling_;
  JoinOptions join_;
  CommitMessages messages_;
};

TEST_F(Welcomes, ThatAreInOrderAreTaken) {
  auto joined = Group::join(welcome_with([](OpenedWelcome&) {}), joiner_, join_);
  ASSERT_TRUE(joined.has_value()) << name(joined.error());
  EXPECT_TRUE(equal(joined->epoch_authenticator().view(), group_[0].epoch_authenticator().view()));
}

TEST_F(Welcomes, AreRefusedWhenAnyBitIsFlipped) {
  Bytes genuine = to_bytes(welcome());
  for (std::size_t i = 0; i < genuine.size(); i += 5) {
    Bytes forged = genuine;
    forged[i] ^= static_cast<std::uint8_t>(1 << i % 8);
    EXPECT_FALSE(Group::join(forged, joiner_, join_).has_value()) << i;
  }
  EXPECT_TRUE(Group::join(genuine, joiner_, join_).has_value());
}

TEST_F(Welcomes, ForSomebodyElseAreRefused) {
  OwnKeyPackage other = key_package_of("other", group_.random());
  EXPECT_EQ(Group::join(welcome(), other, join_).error(), Error::kNotFound);
}

TEST_F(Welcomes, WithAPskThatIHaveNotAreRefused) {
  EXPECT_EQ(Group::join(welcome(), joiner_, {}).error(), Error::kUnknownKey);
  MemoryPskStore wrong;
  wrong.add_external(as_bytes("a"), Bytes(32, 2));
  join_.psks = &wrong;
  EXPECT_EQ(Group::join(welcome(), joiner_, join_).error(), Error::kUnauthenticated);
}

TEST_F(Welcomes, WithoutTheKeyPackagesLeafAreRefused) {
  joiner_.key_package.leaf_node.extensions.push_back({kOurExtension, {}});
  // Its reference is another one now, too: take the genuine one's place.
  auto message = decode<MlsMessage>(welcome());
  Welcome welcome = *message->as<Welcome>();
  welcome.secrets[0].new_member = joiner_.reference();
  EXPECT_EQ(Group::join(encode(MlsMessage{welcome}), joiner_, join_).error(), Error::kNotFound);
}

TEST_F(Welcomes, ToAGroupThatIAmInAreRefused) {
  std::vector<Bytes> groups = {group_[0].group_id()};
  join_.groups_in_use = groups;
  EXPECT_EQ(Group::join(welcome(), joiner_, join_).error(), Error::kAlreadyExists);
}

TEST_F(Welcomes, SignedByNobodyOfTheTreeAreRefused) {
  expect_refused_with([](OpenedWelcome& opened) { opened.group_info.signer = LeafIndex{2}; },
                      Error::kUnauthenticated);
  expect_refused_with([](OpenedWelcome& opened) { opened.group_info.signer = LeafIndex{7}; },
                      Error::kUnauthenticated);
}

TEST_F(Welcomes, WithAnotherTreeAreRefused) {
  Bytes before = SomeGroup(3)[0].ratchet_tree();
  join_.ratchet_tree = before;
  EXPECT_EQ(Group::join(welcome(), joiner_, join_).error(), Error::kUnauthenticated);
}

TEST_F(Welcomes, WithAWrongConfirmationTagAreRefused) {
  expect_refused_with([](OpenedWelcome& opened) { opened.group_info.confirmation_tag[0] ^= 1; },
                      Error::kUnauthenticated);
}

TEST_F(Welcomes, OfAnotherSuiteAreRefused) {
  expect_refused_with(
      [](OpenedWelcome& opened) {
        opened.group_info.group_context.cipher_suite = CipherSuite::kX25519Aes128GcmSha256Ed25519;
      },
      Error::kMalformed);
}

// Section 13.4.
TEST_F(Welcomes, ToAGroupWithExtensionsThatIDoNotSupportAreRefused) {
  for (ExtensionType type : {ExtensionType{0xf5aa}, ExtensionType{0x0a0a}}) {
    auto joined = Group::join(welcome_with([&](OpenedWelcome& opened) {
                                opened.group_info.group_context.extensions = {{type, {}}};
                              }),
                              joiner_, join_);
    ASSERT_FALSE(joined.has_value());
    EXPECT_EQ(joined.error(), Error::kUnsupported);
  }
}

TEST_F(Welcomes, WithAPathSecretThatIsNotTheTreesAreRefused) {
  expect_refused_with(
      [](OpenedWelcome& opened) { opened.group_secrets.path_secret->path_secret[0] ^= 1; },
      Error::kUnauthenticated);
  expect_refused_with(
      [](OpenedWelcome& opened) { opened.group_secrets.path_secret->path_secret.pop_back(); },
      Error::kMalformed);
}

// Who takes it is in, and cannot open the next path that is sealed to that node.
TEST_F(Welcomes, WithoutThePathSecretThatTheTreeAsksForAreRefused) {
  expect_refused_with([](OpenedWelcome& opened) { opened.group_secrets.path_secret.reset(); },
                      Error::kMalformed);
}

TEST_F(Welcomes, WithOtherJoinerSecretsAreRefused) {
  expect_refused_with([](OpenedWelcome& opened) { opened.group_secrets.joiner_secret[0] ^= 1; },
                      Error::kUnauthenticated);
}

TEST_F(Welcomes, WithPsksThatNoCommitMayHaveAreRefused) {
  expect_refused_with(
      [](OpenedWelcome& opened) {
        opened.group_secrets.psks.push_back(opened.group_secrets.psks[0]);
      },
      Error::kMalformed);
  expect_refused_with(
      [](OpenedWelcome& opened) { opened.group_secrets.psks[0].psk_nonce.pop_back(); },
      Error::kMalformed);
}

// Section 12.4.3.1: "verify that it is the only such PSK".
TEST_F(Welcomes, OfASuccessorToTwoGroupsAreRefused) {
  expect_refused_with(
      [](OpenedWelcome& opened) {
        for (auto usage : {ResumptionPskUsage::kReInit, ResumptionPskUsage::kBranch}) {
          PreSharedKeyId id;
          id.psktype = PskType::kResumption;
          id.usage = usage;
          id.psk_nonce.assign(kNh, 1);
          opened.group_secrets.psks.push_back(id);
        }
      },
      Error::kMalformed);
}

TEST_F(Welcomes, WithUnknownExtensionsOfTheGroupInfoAreTaken) {
  auto joined = Group::join(welcome_with([&](OpenedWelcome& opened) {
                              opened.group_info.extensions.push_back({ExtensionType{0xf5aa}, {}});
                            }),
                            joiner_, join_);
  EXPECT_TRUE(joined.has_value());
}

TEST_F(Welcomes, FromMembersWhomTheApplicationDoesNotAcceptAreRefused) {
  struct NotTwo : CredentialPolicy {
    using CredentialPolicy::accepts;
    bool accepts(const LeafNode& leaf_node) const override {
      return as_text(leaf_node.credential.identity) != "member 2";
    }
  } policy;
  join_.group.credential_policy = &policy;
  EXPECT_EQ(Group::join(welcome(), joiner_, join_).error(), Error::kUnauthenticated);
}

TEST_F(Welcomes, ToAGroupWhoseLeavesHaveExpiredAreRefusedWhereTheTimeIsGiven) {
  join_.now = 3000;
  EXPECT_EQ(Group::join(welcome(), joiner_, join_).error(), Error::kExpired);
}

TEST_F(Welcomes, AreUsedOnce) {
  ASSERT_TRUE(Group::join(welcome(), joiner_, join_).has_value());
  EXPECT_TRUE(equal(joiner_.init_key.private_key.view(), Secret<32>().view()));
  EXPECT_FALSE(Group::join(welcome(), joiner_, join_).has_value());
}

}  // namespace
}  // namespace sotto::mls
