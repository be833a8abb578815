#include "mls/framing/private_framing.h"

#include <gtest/gtest.h>

#include "shared/mls/framing/two_members.h"

namespace sotto::mls {
namespace {

using test::TwoMembers;
constexpr auto kPrivate = WireFormat::kPrivateMessage;

class PrivateFraming : public testing::TestWithParam<Suite> {
 protected:
  template <typename Content>
  PrivateMessage send(Content content, Padding padding = {}) {
    return protect_private(group_.from_bob(kPrivate, std::move(content)), group_.keys(), sending_,
                           padding, random_)
        .value();
  }
  std::optional<Error> refusal(const PrivateMessage& message) {
    auto opened = unprotect_private(message, group_.keys(), receiving_);
    if (opened) return std::nullopt;
    return opened.error();
  }
  Result<AuthenticatedContent> receive(const PrivateMessage& message) {
    TRY(auto opened, unprotect_private(message, group_.keys(), receiving_));
    TRY_VOID(receiving_.consume(std::move(opened.key)));
    return std::move(opened.content);
  }
  // What a member can make who knows all keys and keeps to no rule: this plaintext, sealed.
  PrivateMessage seal(ContentType type, ByteView plain, LeafIndex claimed_sender = test::kBob) {
    EpochKeys keys = group_.keys();
    PrivateMessage message{keys.context.group_id, keys.context.epoch, type, {1, 1}, {}, {}};
    auto ratchet =
        type == ContentType::kApplication ? RatchetType::kApplication : RatchetType::kHandshake;
    auto sending = sending_.next(test::kBob, ratchet).value();
    message.ciphertext = sending.key_and_nonce.seal(private_content_aad(message), plain).value();
    SenderData sender_data{claimed_sender, sending.generation, {}};
    message.encrypted_sender_data =
        sender_data_key(keys.suite, keys.sender_data_secret, message.ciphertext)
            .seal(sender_data_aad(message), encode(sender_data))
            .value();
    return message;
  }
  Bytes plain_of(const AuthenticatedContent& content) {
    Writer out;
    write_content(out, content.content);
    write_auth(out, content.content.content_type(), content.auth);
    return std::move(out).take();
  }

  TwoMembers group_{GetParam()};
  SecretTree sending_ = group_.secret_tree();
  SecretTree receiving_ = group_.secret_tree();
  sotto::test::SeededRandom random_{5};
};

TEST_P(PrivateFraming, HandsOverWhatAMemberSaid) {
  const auto commit = group_.from_bob(kPrivate, test::sample_commit());
  auto sent = decode<PrivateMessage>(
      encode(protect_private(commit, group_.keys(), sending_, {}, random_).value()));
  ASSERT_TRUE(sent);
  EXPECT_EQ(*receive(*sent), commit);
  EXPECT_EQ(receive(send(ApplicationData{{1, 2}}))->content.application()->application_data,
            (Bytes{1, 2}));
  EXPECT_TRUE(receive(send(Proposal{Remove{test::kAda}})));
}

TEST_P(PrivateFraming, RefusesAChangeOfAnyBitInOneWay) {
  const Bytes sent = encode(send(ApplicationData{{1, 2, 3}}));
  int refused = 0;
  for (std::size_t bit = 0; bit < 8 * sent.size(); ++bit) {
    Bytes changed = sent;
    changed[bit / 8] ^= static_cast<std::uint8_t>(1 << bit % 8);
    auto message = decode<PrivateMessage>(changed);
    if (!message) continue;
    auto error = refusal(*message);
    ASSERT_TRUE(error) << "bit " << bit;
    const bool another_epoch = bit / 8 < 3 + 8;  // group_id and epoch stand first
    EXPECT_EQ(*error, another_epoch ? Error::kWrongState : Error::kUnauthenticated) << bit;
    ++refused;
  }
  EXPECT_GT(refused, 900);
  EXPECT_TRUE(receive(*decode<PrivateMessage>(sent))) << "nothing was used up by what was refused";
}

TEST_P(PrivateFraming, RefusesAReplayOnceTheKeyIsConsumed) {
  PrivateMessage message = send(ApplicationData{{1}});
  EXPECT_FALSE(refusal(message)) << "opening alone consumes nothing";
  EXPECT_TRUE(receive(message));
  EXPECT_EQ(refusal(message), Error::kUnauthenticated);
}

TEST_P(PrivateFraming, TakesMessagesInAnyOrder) {
  PrivateMessage first = send(ApplicationData{{1}});
  PrivateMessage second = send(ApplicationData{{2}});
  EXPECT_TRUE(receive(second));
  EXPECT_TRUE(receive(first));
}

TEST_P(PrivateFraming, HidesLengthsInSteps) {
  for (std::size_t step : {1, 64, 256}) {
    for (std::size_t size = 0; size < 130; ++size) {
      PrivateMessage message = send(ApplicationData{Bytes(size, 7)}, Padding{step});
      EXPECT_EQ((message.ciphertext.size() - kNt) % step, 0u);
      EXPECT_EQ(receive(message)->content.application()->application_data, Bytes(size, 7));
    }
  }
}

TEST_P(PrivateFraming, RefusesPaddingThatIsNotAllZeros) {
  Bytes plain = plain_of(group_.from_bob(kPrivate, ApplicationData{{1}}));
  plain.resize(plain.size() + 100);
  EXPECT_FALSE(refusal(seal(ContentType::kApplication, plain)));
  for (std::size_t i = 1; i <= 100; ++i) {
    Bytes covert = plain;
    covert[covert.size() - i] = 1;
    EXPECT_EQ(refusal(seal(ContentType::kApplication, covert)), Error::kUnauthenticated);
  }
}

TEST_P(PrivateFraming, RefusesContentUnderTheOtherTypesRatchet) {
  Bytes plain = plain_of(group_.from_bob(kPrivate, Proposal{Remove{test::kAda}}));
  PrivateMessage message = seal(ContentType::kProposal, plain);
  message.content_type = ContentType::kApplication;
  EXPECT_EQ(refusal(message), Error::kUnauthenticated);
}

TEST_P(PrivateFraming, RefusesASenderWhoseLeafIsBlankOrAnothers) {
  Bytes plain = plain_of(group_.from_bob(kPrivate, ApplicationData{{1}}));
  for (std::uint32_t leaf : {0u, 2u, 3u, 0xffffffffu}) {
    EXPECT_EQ(refusal(seal(ContentType::kApplication, plain, LeafIndex{leaf})),
              Error::kUnauthenticated);
  }
  EXPECT_FALSE(refusal(seal(ContentType::kApplication, plain)));
}

TEST_P(PrivateFraming, RefusesContentThatAnotherSigned) {
  auto forged = group_.sign(kPrivate, {SenderType::kMember, test::kBob, 0}, ApplicationData{{1}},
                            group_.newcomer());
  EXPECT_EQ(refusal(seal(ContentType::kApplication, plain_of(forged))), Error::kUnauthenticated);
}

TEST_P(PrivateFraming, RefusesWhatCannotBeReadLikeWhatCannotBeOpened) {
  for (const Bytes& plain : {Bytes(), Bytes(200), Bytes(200, 0xff), Bytes{0x00, 0x08}}) {
    for (auto type : {ContentType::kProposal, ContentType::kCommit}) {
      EXPECT_EQ(refusal(seal(type, plain)), Error::kUnauthenticated);
    }
  }
}

TEST_P(PrivateFraming, TakesNoGenerationFarAhead) {
  for (int i = 0; i < 1100; ++i) (void)sending_.next(test::kBob, RatchetType::kApplication);
  EXPECT_EQ(refusal(send(ApplicationData{{1}})), Error::kUnauthenticated);
}

TEST_P(PrivateFraming, GuardsNoncesEvenIfStateIsRestored) {
  SecretTree restored = group_.secret_tree();
  const auto content = group_.from_bob(kPrivate, ApplicationData{{1}});
  auto first = protect_private(content, group_.keys(), sending_, {}, random_);
  auto again = protect_private(content, group_.keys(), restored, {}, random_);
  EXPECT_NE(first->ciphertext, again->ciphertext) << "the same generation, but another guard";
  EXPECT_FALSE(refusal(*first));
  EXPECT_FALSE(refusal(*again));
}

TEST_P(PrivateFraming, SendsForMembersAlone) {
  auto outsider = group_.sign(kPrivate, {SenderType::kExternal, {}, 1},
                              Proposal{Remove{test::kAda}}, group_.service());
  auto made = protect_private(outsider, group_.keys(), sending_, {}, random_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error(), Error::kInvalidArgument);
  auto in_the_clear = group_.from_bob(WireFormat::kPublicMessage, test::sample_commit());
  EXPECT_FALSE(protect_private(in_the_clear, group_.keys(), sending_, {}, random_));
}

INSTANTIATE_TEST_SUITE_P(Suites, PrivateFraming,
                         testing::Values(Suite::kX25519Aes128GcmSha256Ed25519,
                                         Suite::kX25519ChaCha20Poly1305Sha256Ed25519));

}  // namespace
}  // namespace sotto::mls
