#include "mls/keys/key_schedule.h"

#include <gtest/gtest.h>

#include <set>

#include "mls/keys/expand_with_label.h"
#include "shared/mls/keys/secrets.h"
#include "support/seeded_random.h"

namespace sotto::mls {
namespace {

TEST(KeySchedule, MixesInEverythingThatAnEpochHangsOn) {
  const auto authenticator = [](std::uint8_t init, std::uint8_t commit, std::uint8_t psk,
                                std::string_view context) {
    const auto joiner = derive_joiner_secret(secret_of(init), secret_of(commit), as_bytes(context));
    auto secrets = derive_epoch_secrets(joiner, secret_of(psk), as_bytes(context));
    return to_bytes(secrets.epoch_authenticator.view());
  };
  const std::set<Bytes> different = {authenticator(1, 2, 3, "a"), authenticator(9, 2, 3, "a"),
                                     authenticator(1, 9, 3, "a"), authenticator(1, 2, 9, "a"),
                                     authenticator(1, 2, 3, "b"), authenticator(2, 1, 3, "a")};
  EXPECT_EQ(different.size(), 6u);
}

TEST(KeySchedule, DerivesNineSecretsOfWhichNoTwoAreEqual) {
  const auto s = expand_epoch_secret(secret_of(1));
  std::set<Bytes> different;
  for (const auto* secret : {&s.sender_data_secret, &s.encryption_secret, &s.exporter_secret,
                             &s.external_secret, &s.confirmation_key, &s.membership_key,
                             &s.resumption_psk, &s.epoch_authenticator, &s.init_secret}) {
    different.insert(to_bytes(secret->view()));
  }
  EXPECT_EQ(different.size(), 9u);
}

// Section 12.4.3.1: welcome_key and welcome_nonce.
TEST(KeySchedule, DerivesTheWelcomesKeyOfItsSecret) {
  for (const Suite suite : kBothSuites) {
    const auto keys = welcome_key(suite, secret_of(4));
    Bytes key(nk(suite));
    ASSERT_TRUE(expand_with_label(secret_of(4).view(), "key", {}, key));
    EXPECT_TRUE(equal(keys.key(), key));
    EXPECT_TRUE(
        equal(keys.nonce(), expand_with_label<kNn>(secret_of(4).view(), "nonce", {}).view()));
  }
}

TEST(ExternalInit, GivesBothSidesOneInitSecretAndOthersNone) {
  test::SeededRandom random(1);
  const auto group = external_key_pair(secret_of(5)), other = external_key_pair(secret_of(6));
  for (const Suite suite : kBothSuites) {
    const auto made = make_external_init(suite, group.public_key, random);
    ASSERT_TRUE(made);
    const auto received = receive_external_init(suite, made->kem_output, group);
    EXPECT_TRUE(equal(received->view(), made->init_secret.view()));
    EXPECT_FALSE(equal(receive_external_init(suite, made->kem_output, other)->view(),
                       made->init_secret.view()));
    EXPECT_EQ(receive_external_init(suite, HpkeEnc{}, group).error(), Error::kUnauthenticated);
    EXPECT_EQ(make_external_init(suite, HpkeEnc{}, random).error(), Error::kMalformed);
  }
}

}  // namespace
}  // namespace sotto::mls
